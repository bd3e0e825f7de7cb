"""Makes the index of `rescoring_one_open` where altering a column of it took it away unnoticed (0004)."""

from django.db import migrations

INDEX = """
CREATE UNIQUE INDEX IF NOT EXISTS rescoring_one_open ON scoring_rescoring (workspace_id)
WHERE state IN ('queued', 'running')
"""


class Migration(migrations.Migration):
    dependencies = [("scoring", "0011_one_open_rescoring")]

    operations = [migrations.RunSQL(INDEX, migrations.RunSQL.noop)]
