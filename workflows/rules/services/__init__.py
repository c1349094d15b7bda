"""Verbs of an organisation's own rules."""
