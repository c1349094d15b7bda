"""Verbs of procurements, by noun: drafts, team, tasks, decisions, sharing."""
