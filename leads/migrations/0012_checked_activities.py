"""Checks are a kind of activity; runs and saved searches may order them, and leads tell how likely mail arrives."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0006_display"),
        ("leads", "0011_logged_activities"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                        ],
                    )
                ),
                name="activity_kind",
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="verify_emails",
            field=models.BooleanField(
                db_default=False, default=False, help_text="Verify the addresses of the leads that it delivers."
            ),
        ),
        migrations.AddField(
            model_name="savedsearch",
            name="verify_emails",
            field=models.BooleanField(
                db_default=False, default=False, help_text="Verify the addresses of the leads that it delivers."
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="is_cut_off",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="No name could be looked up, so that domains were not checked.",
            ),
        ),
        migrations.AddField(
            model_name="lead",
            name="email_score",
            field=models.SmallIntegerField(
                blank=True, help_text="0..100: how likely mail arrives, where a mail server was asked.", null=True
            ),
        ),
    ]
