"""Imports of a workspace's own leads, with what became of each row and what an undo gives back."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import leadengine.tenancy
import leads.models.keys
from leadengine.tenant_walls import TenantWalls, WithoutWallTarget


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0010_answers_epoch"),
        ("leads", "0023_linkedin_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("paused", "Paused"),
                            ("done", "Done"),
                            ("stopped", "Stopped"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("cursor", models.JSONField(blank=True, default=dict)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed", models.BooleanField(default=False)),
                (
                    "taken_at",
                    models.DateTimeField(
                        blank=True, help_text="When a worker last took it: the measure of fairness.", null=True
                    ),
                ),
                ("epoch", models.PositiveIntegerField(default=0)),
                ("stalls", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, default="", max_length=300)),
                (
                    "id",
                    models.UUIDField(
                        default=leads.models.keys.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("map", "Columns"),
                            ("check", "Check"),
                            ("import", "Import"),
                            ("done", "Imported"),
                            ("undo", "Being undone"),
                            ("undone", "Undone"),
                        ],
                        default="map",
                        max_length=8,
                    ),
                ),
                (
                    "match_by",
                    models.CharField(
                        choices=[
                            ("person", "Everything that tells a person"),
                            ("email", "E-mail address or profile"),
                            ("domain", "Also the name at the same web domain"),
                        ],
                        default="person",
                        max_length=8,
                    ),
                ),
                (
                    "on_match",
                    models.CharField(
                        choices=[
                            ("skip", "Leave them as they are"),
                            ("fill", "Fill their gaps"),
                            ("overwrite", "Overwrite them with the file"),
                        ],
                        default="fill",
                        max_length=10,
                    ),
                ),
                (
                    "source_note",
                    models.CharField(
                        blank=True, default="", help_text="Where the data is from, as its owner says.", max_length=300
                    ),
                ),
                (
                    "grades",
                    models.BooleanField(default=True, help_text="Whether its leads are graded when they are imported."),
                ),
                ("unit_price", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=12)),
                (
                    "counts",
                    models.JSONField(
                        blank=True, default=dict, help_text="Rows by what became of them, once that is known."
                    ),
                ),
                (
                    "observed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="As of when the file speaks: its upload."
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ImportChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "before",
                    models.JSONField(blank=True, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True),
                ),
                (
                    "after",
                    models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                (
                    "replaced",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Rows of evidence that were in use before.",
                        size=None,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField()),
                ("line", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                ("head", models.PositiveIntegerField(help_text="The line of the first row of the same person.")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("update", "Update"),
                            ("known", "Yours already"),
                            ("duplicate", "Duplicate in the file"),
                            ("error", "Error"),
                            ("suppressed", "On the suppression list"),
                            ("barred", "At a company that is marked"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "faults",
                    models.JSONField(blank=True, default=dict, help_text="Our field -> what is wrong with its cell."),
                ),
                (
                    "why",
                    models.CharField(
                        blank=True, default="", help_text="For people; names no value of the row.", max_length=300
                    ),
                ),
                ("is_done", models.BooleanField(default=False)),
                (
                    "undoing",
                    models.CharField(
                        blank=True,
                        choices=[("removed", "Removed"), ("put_back", "Put back"), ("left", "Left as it is")],
                        default="",
                        max_length=8,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.BinaryField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="activity",
            name="activity_kind",
        ),
        migrations.AlterField(
            model_name="activity",
            name="kind",
            field=models.CharField(
                choices=[
                    ("delivered", "Delivered"),
                    ("merged", "More evidence"),
                    ("stage", "Stage changed"),
                    ("owner", "Owner changed"),
                    ("note", "Note"),
                    ("call", "Call"),
                    ("email_sent", "E-mail sent"),
                    ("email_opened", "E-mail opened"),
                    ("email_clicked", "Link clicked"),
                    ("email_bounced", "E-mail bounced"),
                    ("email_replied", "Reply"),
                    ("meeting", "Meeting"),
                    ("visit", "Visit to our site"),
                    ("opt_out", "Opted out"),
                    ("edited", "Edited"),
                    ("reported", "Reported as bad data"),
                    ("enriched", "Enriched"),
                    ("checked", "Checked"),
                    ("imported", "Imported"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "delivered",
                            "merged",
                            "stage",
                            "owner",
                            "note",
                            "call",
                            "email_sent",
                            "email_opened",
                            "email_clicked",
                            "email_bounced",
                            "email_replied",
                            "meeting",
                            "visit",
                            "opt_out",
                            "edited",
                            "reported",
                            "enriched",
                            "checked",
                            "imported",
                        ],
                    )
                ),
                name="activity_kind",
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="file",
            field=leadengine.tenancy.TenantOneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="imported_by",
                to="leads.sourcefile",
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="hold",
            field=leadengine.tenancy.TenantForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.hold"
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="started_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.user"),
        ),
        migrations.AddField(
            model_name="import",
            name="undone_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.user"
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.workspace"
            ),
        ),
        migrations.AddField(
            model_name="importchange",
            name="company",
            field=leadengine.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="import_changes",
                to="leads.company",
            ),
        ),
        migrations.AddField(
            model_name="importchange",
            name="lead",
            field=leadengine.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="import_changes",
                to="leads.lead",
            ),
        ),
        migrations.AddField(
            model_name="importchange",
            name="of",
            field=leadengine.tenancy.TenantForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="leads.import"
            ),
        ),
        migrations.AddField(
            model_name="importchange",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AddField(
            model_name="importkey",
            name="of",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="leads.import"
            ),
        ),
        migrations.AddField(
            model_name="importkey",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="lead",
            field=leadengine.tenancy.TenantForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="import_rows",
                to="leads.lead",
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="of",
            field=leadengine.tenancy.TenantForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="leads.import"
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AddField(
            model_name="importupload",
            name="of",
            field=leadengine.tenancy.TenantOneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="upload", to="leads.import"
            ),
        ),
        migrations.AddField(
            model_name="importupload",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing.workspace",
            ),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["workspace", "-created_at", "-id"], name="import_recent"),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "running"])), fields=["due_at"], name="import_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["map", "check", "import", "done", "undo", "undone"])),
                name="import_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="importchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("lead__isnull", True), ("company__isnull", True), _connector="XOR"),
                name="import_change_of_one",
            ),
        ),
        migrations.AddIndex(
            model_name="importkey",
            index=models.Index(fields=["of", "key"], include=("line",), name="import_key_lookup"),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["of", "verdict", "line"], name="import_row_verdict"),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(condition=models.Q(("lead__isnull", False)), fields=["lead"], name="import_row_lead"),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.UniqueConstraint(fields=("of", "line"), name="import_row_once"),
        ),
        TenantWalls("Import", "ImportUpload", "ImportRow", "ImportKey", "ImportChange"),
        WithoutWallTarget("ImportUpload", "ImportRow", "ImportKey", "ImportChange"),
    ]
