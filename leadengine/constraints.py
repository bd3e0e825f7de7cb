"""Which of the database's constraints refused a statement."""

from django.db import IntegrityError
from psycopg import Error


def violated(refusal: IntegrityError) -> str:
    """The constraint's name, "" if the server named none."""
    cause = refusal.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, Error) else ""
