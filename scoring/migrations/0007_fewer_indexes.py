"""No index by profile on scores: a few profiles have all of them, and each score written again paid for it."""

import django.db.models.deletion
from django.db import migrations

import leadengine.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0006_versions_over_time"),
    ]

    operations = [
        migrations.AlterField(
            model_name="leadscore",
            name="profile",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="scoring.profile"
            ),
        ),
        migrations.AlterField(
            model_name="scorechange",
            name="profile",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="scoring.profile"
            ),
        ),
    ]
