"""The first prices, so that a new installation can quote."""

from typing import Any

from django.db import migrations

from billing.pricing import ALWAYS, seed_prices


def seed(apps: Any, schema_editor: Any) -> None:
    seed_prices(apps.get_model("billing", "Price"))


def unseed(apps: Any, schema_editor: Any) -> None:
    apps.get_model("billing", "Price").objects.filter(valid_from=ALWAYS).delete()


class Migration(migrations.Migration):
    dependencies = [("billing", "0002_ledger_sql")]

    operations = [migrations.RunPython(seed, unseed)]
