"""A saved search keeps all of its limits: the ceiling, whether known leads are left out, and the file."""

import django.db.models.deletion
from django.db import migrations, models

import leadengine.tenancy

WALL = "leads_savedsearch_source_file_id_wall"


class Migration(migrations.Migration):
    dependencies = [("leads", "0004_indexes_that_are_read")]

    operations = [
        migrations.AddField(
            model_name="savedsearch",
            name="most_credits",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
        ),
        migrations.AddField(
            model_name="savedsearch",
            name="new_only",
            field=models.BooleanField(default=True, help_text="Leave out what the workspace knows already."),
        ),
        migrations.AddField(
            model_name="savedsearch",
            name="source_file",
            field=leadengine.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="leads.sourcefile",
            ),
        ),
        migrations.RunSQL(
            f"ALTER TABLE leads_savedsearch ADD CONSTRAINT {WALL} FOREIGN KEY (source_file_id, workspace_id) "
            "REFERENCES leads_sourcefile (id, workspace_id) DEFERRABLE INITIALLY DEFERRED",
            f"ALTER TABLE leads_savedsearch DROP CONSTRAINT {WALL}",
        ),
    ]
