"""Django's PostgreSQL, for tests: tables with a few rows are emptied without new files."""
