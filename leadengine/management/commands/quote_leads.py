"""`manage.py quote_leads`: what a brief would find and cost, without starting it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone

from leadengine.management.brief_arguments import add_brief_arguments, read_brief
from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.workflows.desk import Desk
from leadengine.workflows.grade_forecast import GradeForecast, expected_grades
from leadengine.workflows.loosening import FEW, loosenings
from leadengine.workflows.network_quoting import network_lines
from leadengine.workflows.quoting import quote_run

LONGEST_COUNT = 12.0  # seconds; nobody waits for a page here


class Command(WorkspaceCommand):
    help = (
        "Count and price a brief; nothing is held or charged. In the JSON, `expected_grades` are per cent of the leads "
        "that match, `expected_grades_margin` percentage points either way."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_brief_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        workspace, now = self.workspace(options), timezone.now()
        by = self.person(workspace, options)
        with transaction.atomic():
            brief = read_brief(options, workspace, by)
            desk = Desk(workspace, now)
            quoted = quote_run(workspace, brief, by=by, now=now, desk=desk)
            forecast = GradeForecast() if quoted.problems else expected_grades(brief, desk)
            is_starved = quoted.matches.value < FEW and not quoted.problems
            ways = loosenings(desk, brief, quoted.matches.value) if is_starved else ()
            transaction.set_rollback(True)  # a file that is only priced is not kept
        network = () if quoted.problems else network_lines(desk, brief, seconds=LONGEST_COUNT)
        words = [f"{quoted.matches} match. Expected {quoted.expected}, at most {quoted.at_most} credits."]
        words += [*quoted.problems, f"{quoted.balance.available} credits are available."]
        words += map(str, network)
        words += [f"{way.said}: {way.matches} would match{f', {way.note}' if way.note else ''}." for way in ways]
        told = {**quoted.to_json(), "expected_grades": dict(forecast.shares), "expected_grades_margin": forecast.margin}
        told["loosenings"] = [way.to_json() for way in ways]
        told["network"] = [line.to_json() for line in network]
        self.put(told, options, "\n".join(words))
