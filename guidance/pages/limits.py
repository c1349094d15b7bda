"""How much a text may hold."""

LONGEST_BODY = 60_000
"""Characters of a body."""
