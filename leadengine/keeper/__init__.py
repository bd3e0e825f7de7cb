"""What the keeper of the embedded PostgreSQL is made of; `leadengine/localdb.py` puts it together."""
