"""Running the toolkit on one machine: embedded PostgreSQL, assets, browser. Imports nothing of Django."""
