"""HTTP for templates, clauses and documents."""
