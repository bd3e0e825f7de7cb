"""`manage.py dashboard`: the figures of the managers' page."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.wording import plural
from leads.filters import members
from scoring.dashboard import telling
from scoring.dashboard.board import Board, board
from scoring.dashboard.period import PERIODS, USUAL
from scoring.dashboard.returns import Line
from scoring.forms.dashboard import DashboardForm


class Command(WorkspaceCommand):
    help = "Tell how many leads came, how good they are, what they cost and what came of them, as the dashboard does."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--period", choices=list(PERIODS), default=USUAL, help="d, w, m, q or y; default: q")
        parser.add_argument("--owner", default="", help="e-mail of the member whose leads are meant, or none")
        parser.add_argument("--credit-price", default="", help="what a credit costs, in the currency of the deals")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        people = {each.pk: (each.email, each.name) for each in members(workspace)}
        who = self._who(people, options["owner"])
        form = DashboardForm({"period": options["period"], "who": who, "price": options["credit_price"]}, people=people)
        asked = form.asked(timezone.localdate())
        if form.errors:
            raise CommandError("; ".join(str(error) for errors in form.errors.values() for error in errors))
        found = board(workspace, asked, people)
        self.put(telling.to_json(found), options, words(found))

    def _who(self, people: dict[int, tuple[str, str]], owner: str) -> str:
        if owner in ("", "none"):
            return owner
        found = [pk for pk, (email, _name) in people.items() if email.casefold() == owner.casefold()]
        if not found:
            raise CommandError(f"“{owner}” is no member.")
        return str(found[0])


def words(found: Board) -> str:
    cards = [f"{each.label}: {each.value} ({each.before} before); {each.note}" for each in found.cards]
    return "\n".join([found.asked.span.said, *cards, *map(_line, found.sources)])


def _line(line: Line) -> str:
    leads = f"{line.worth.leads:,} {plural(line.worth.leads, 'lead')}"
    came = f"cost {line.cost_said}, pipeline {line.pipeline_said}, ROI {line.roi_said}"
    return f"  {line.label}: {leads}, {line.good_share} A and B, {came}"
