"""Indexes and constraints that are read or relied on stay; those that only cost, or tempt the planner, go (ADR 6)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import leadengine.tenancy
from leadengine.tenant_walls import WithoutWallTarget


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0005_indexes_that_are_read"),
        ("leads", "0003_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="activity",
            name="lead",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="activities", to="leads.lead"
            ),
        ),
        migrations.AlterField(
            model_name="activity",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="company",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AlterField(
            model_name="companyidentity",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="customfield",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="lead",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="leads.lead"
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="run",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="leads.run"
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="company",
            field=leadengine.tenancy.TenantForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="leads.company",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="lead",
            field=leadengine.tenancy.TenantForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="leads.lead",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="exclusion",
            name="run",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="exclusions", to="leads.run"
            ),
        ),
        migrations.AlterField(
            model_name="exclusion",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="fieldchange",
            name="lead",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="field_changes",
                to="leads.lead",
            ),
        ),
        migrations.AlterField(
            model_name="fieldchange",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="lane",
            name="run",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="lanes", to="leads.run"
            ),
        ),
        migrations.AlterField(
            model_name="lane",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AlterField(
            model_name="lead",
            name="company",
            field=leadengine.tenancy.TenantForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leads",
                to="leads.company",
            ),
        ),
        migrations.AlterField(
            model_name="lead",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AlterField(
            model_name="leadidentity",
            name="lead",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="identities", to="leads.lead"
            ),
        ),
        migrations.AlterField(
            model_name="leadidentity",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="leadlist",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AlterField(
            model_name="leadlistentry",
            name="lead_list",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="leads.leadlist"
            ),
        ),
        migrations.AlterField(
            model_name="leadlistentry",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="leadtag",
            name="lead",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="tags", to="leads.lead"
            ),
        ),
        migrations.AlterField(
            model_name="leadtag",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="matchkey",
            name="lead",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="match_keys", to="leads.lead"
            ),
        ),
        migrations.AlterField(
            model_name="matchkey",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="run",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AlterField(
            model_name="runcompany",
            name="run",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="frontier", to="leads.run"
            ),
        ),
        migrations.AlterField(
            model_name="runcompany",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="savedsearch",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AlterField(
            model_name="signal",
            name="company",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="signals", to="leads.company"
            ),
        ),
        migrations.AlterField(
            model_name="signal",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="sourceanswer",
            name="lane",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="leads.lane"
            ),
        ),
        migrations.AlterField(
            model_name="sourceanswer",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="sourcefile",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AlterField(
            model_name="sourcefilerow",
            name="file",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="leads.sourcefile"
            ),
        ),
        migrations.AlterField(
            model_name="sourcefilerow",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AlterField(
            model_name="stage",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AlterField(
            model_name="tag",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["workspace", "-delivered_at"], name="delivery_recent"),
        ),
        migrations.AddIndex(
            model_name="sourcefile",
            index=models.Index(fields=["workspace", "-created_at"], name="source_file_recent"),
        ),
        migrations.RemoveIndex(model_name="lead", name="lead_by_owner"),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["workspace", "owner", "-created_at", "-id"], name="lead_by_owner"),
        ),
        WithoutWallTarget(
            "activity",
            "companyidentity",
            "delivery",
            "evidence",
            "exclusion",
            "fieldchange",
            "leadidentity",
            "leadlistentry",
            "leadtag",
            "matchkey",
            "runcompany",
            "signal",
            "sourceanswer",
            "sourcefilerow",
        ),
    ]
