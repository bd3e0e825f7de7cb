"""A database backend that starts the embedded PostgreSQL when nobody answers."""
