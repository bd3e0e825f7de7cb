"""`manage.py control_run`: look at, stop, pause or resume a run by its number, or be told when it ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from billing.ledger import InsufficientCredits, LimitExceeded
from billing.models import Workspace
from leadengine.management.commands.generate_leads import in_words
from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.workflows.generation import pause_generation, resume_generation, stop_generation
from leadengine.workflows.inclusion import RunLimitExceeded, includable, include_anyway
from leadengine.workflows.receipts import run_receipt
from leadengine.workflows.resuming import NotPossible
from leads.models import REINCLUDABLE, Exclusion, Run
from leads.watching import unwatch, watch

MOST_DIGITS = 10
WATCHES = {"watch": watch, "unwatch": unwatch}
ACTS = {"stop": stop_generation, "pause": pause_generation, "resume": resume_generation}


class Command(WorkspaceCommand):
    help = (
        "Show a run's receipt, or stop, pause, resume, watch or unwatch it, or include what it left out for a reason."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("number", help="the run's number in its workspace")
        parser.add_argument("act", choices=["show", *ACTS, "include", *WATCHES])
        parser.add_argument("--reason", choices=sorted(REINCLUDABLE), help="with include: which exclusions")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace, now = self.workspace(options), timezone.now()
        run = numbered(workspace, options["number"])
        try:
            self.act(run, options, self.person(workspace, options))
        except (NotPossible, InsufficientCredits, LimitExceeded, RunLimitExceeded) as error:
            raise CommandError(str(error)) from error
        run.refresh_from_db()
        receipt = run_receipt(run, now=now)
        self.put(receipt.to_json(), options, in_words(receipt))

    def act(self, run: Run, options: dict[str, Any], by: Any) -> None:
        now = timezone.now()
        if options["act"] == "stop" and not run.is_active:
            raise CommandError(f"Run {run.number} has ended already: it is {run.get_state_display().lower()}.")
        if options["act"] in ACTS:
            ACTS[options["act"]](run, by=by, now=now)
        if options["act"] in WATCHES:
            WATCHES[options["act"]](run, by)
        if options["act"] == "include":
            include_anyway(run, wanted(run, options["reason"], now), by=by, now=now)


def numbered(workspace: Workspace, text: str) -> Run:
    """The run of that number in the workspace, or a CommandError."""
    is_number = text.isdecimal() and len(text) < MOST_DIGITS
    run = Run.objects.of(workspace).filter(number=int(text)).first() if is_number else None
    if run is None:
        raise CommandError(f"{workspace.name} has no run {text[:40]}.")
    return run


def wanted(run: Run, reason: str | None, now: datetime) -> list[Exclusion]:
    """What can be included of those left out for the reason, or a CommandError if it is nobody."""
    if not reason:
        raise CommandError("Say which exclusions to include with --reason.")
    found = list(includable(run, now=now).filter(reason=reason))
    if not found:
        raise CommandError(f"Run {run.number} has left out nobody for that reason who can be included now.")
    return found
