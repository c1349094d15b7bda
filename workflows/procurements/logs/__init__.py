"""The logs of a procurement: conflicts, engagement, clarification, risks, decisions, opening record."""
