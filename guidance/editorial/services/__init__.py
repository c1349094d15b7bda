"""Verbs of editorial work, by noun: drafts, reviews, publishing, releases, shipped content."""
