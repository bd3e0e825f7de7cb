"""Activities are logged once from elsewhere; clicks, bounces and visits are kinds of their own."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0006_display"),
        ("leads", "0010_erased_for"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="activity",
            name="activity_kind",
        ),
        migrations.AddField(
            model_name="activity",
            name="external_id",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Its number where it was logged from, so that it is logged once.",
                max_length=120,
            ),
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
                        ],
                    )
                ),
                name="activity_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=("workspace", "external_id"),
                name="activity_logged_once",
            ),
        ),
    ]
