"""Verbs of procurements, by noun: drafts, facts, sharing and team, tasks, decisions, history."""
