"""Which data sets a workspace sees: invented ones only if it is a sample itself."""

from typing import Any

from leads.models import Dataset


def visible(rows: Any, includes_samples: bool) -> Any:
    """The directory's people or companies of real data sets, or of all."""
    return rows if includes_samples else rows.exclude(dataset__in=Dataset.objects.filter(is_sample=True))
