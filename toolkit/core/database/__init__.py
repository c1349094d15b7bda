"""The database backend of this service: Django’s own for PostgreSQL, asking less."""
