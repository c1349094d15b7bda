"""HTTP of an organisation's own rules."""
