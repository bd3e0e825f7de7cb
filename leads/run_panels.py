"""The runs of a saved search as small multiples of their grades, with a finding in a sentence. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from leadengine.multiples import Panel, multiples
from leadengine.wording import plural
from leads.models import Run

MOST = 8


def run_panels(runs: Sequence[Run], grades: Mapping[Any, Mapping[str, int]]) -> SafeString:
    """Of the newest runs that delivered something, the oldest first; empty for less than two, which compare to nothing."""
    shown = [run for run in runs if sum(grades.get(run.pk, {}).values())][:MOST]
    if len(shown) < 2:
        return SafeString("")
    panels = [
        Panel(f"Run {run.number}", reverse("leads:run-detail", args=[run.pk]), grades[run.pk])
        for run in reversed(shown)
    ]
    last, before = grades[shown[0].pk], grades[shown[1].pk]
    finding = f"Run {shown[0].number} brought {_told(last)}; run {shown[1].number} before it {_told(before)}."
    return multiples("run-panels", "Grades from run to run", panels, finding=finding, corner="Run")


def _told(counts: Mapping[str, int]) -> str:
    """ "12 leads, 3 of them A+ or A"."""
    total = sum(counts.values())
    return f"{total:,} {plural(total, 'lead')}, {counts.get('A+', 0) + counts.get('A', 0):,} of them A+ or A"
