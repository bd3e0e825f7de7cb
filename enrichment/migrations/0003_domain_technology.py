"""Technologies of domains, with the times they were first and last seen; and the test of our own ways is remembered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enrichment", "0002_email_checks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="memory",
            name="kind",
            field=models.CharField(
                choices=[
                    ("dns", "DNS answer"),
                    ("mailbox", "Mailbox verdict"),
                    ("catch_all", "Domain takes any recipient"),
                    ("unresolved", "Mail exchangers not found"),
                    ("block", "Provider blocks us"),
                    ("cut_off", "No name can be looked up"),
                    ("self_test", "Test of our own ways"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="DomainTechnology",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("domain", models.CharField(max_length=253)),
                ("vendor", models.CharField(max_length=120)),
                ("category", models.CharField(blank=True, default="", max_length=60)),
                ("confidence", models.FloatField()),
                ("evidence", models.CharField(max_length=400)),
                ("first_seen", models.DateTimeField()),
                ("last_seen", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "domain technologies",
                "constraints": [
                    models.UniqueConstraint(fields=("domain", "vendor"), name="domain_technology_once"),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                        name="domain_technology_sure",
                    ),
                ],
            },
        ),
    ]
