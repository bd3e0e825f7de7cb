"""What a provider has left after a purchase without an answer, and an index by which purchases of the moment are found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0019_what_was_asked_stays")]

    operations = [
        migrations.AddField(
            model_name="purchase",
            name="left",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="In credits of the provider, by its own word.",
                max_digits=12,
                null=True,
            ),
        ),
        migrations.RemoveIndex(model_name="purchase", name="purchase_open"),
        migrations.AddIndex(
            model_name="purchase", index=models.Index(fields=["workspace", "asked_at"], name="purchase_recent")
        ),
    ]
