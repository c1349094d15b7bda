"""The public tool `/tools/timeline/`: a plan for anybody, out of an address, with nothing saved and no organisation's data."""
