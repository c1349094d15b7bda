"""HTTP of contracts, by noun: the register and one contract, work about one."""
