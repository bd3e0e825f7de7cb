"""`manage.py generate_leads`: the whole main job from a script, by the same workflow as the page."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from billing.ledger import InsufficientCredits, LimitExceeded
from leadengine.management.brief_arguments import add_brief_arguments, read_brief
from leadengine.management.workspace_command import WorkspaceCommand, short
from leadengine.workflows import leases
from leadengine.workflows.briefs import InvalidBrief
from leadengine.workflows.check_receipts import CheckReceipt
from leadengine.workflows.dispatch import turn
from leadengine.workflows.generation import start_generation
from leadengine.workflows.receipts import RunReceipt, reason_label, run_receipt
from leadengine.workflows.run_checks import check_turn
from leadengine.workflows.source_rows import SourceRow
from leads.models import Run


class Command(WorkspaceCommand):
    help = "Start a run, work it off here (beside any workers), and print its receipt."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_brief_arguments(parser)
        parser.add_argument("--name", default="")
        parser.add_argument("--request-key", default="", help="the same key again answers with the same run")
        parser.add_argument("--leave-to-workers", action="store_true", help="only wait; let `manage.py worker` do it")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        by = self.person(workspace, options)
        try:
            run = start_generation(
                workspace,
                read_brief(options, workspace, by),
                name=short(options["name"], 120, "The name"),
                by=by,
                request_key=short(options["request_key"], 64, "The request key") or uuid4().hex,
                shown_at_most=None,
                now=timezone.now(),
            )
        except (InvalidBrief, InsufficientCredits, LimitExceeded) as error:
            raise CommandError(str(error)) from error
        receipt = self.work_off(run, leave=options["leave_to_workers"])
        self.put(receipt.to_json(), options, in_words(receipt))

    def work_off(self, run: Run, *, leave: bool) -> RunReceipt:
        """Take turns at this run's lanes until it has ended, then at its verifications; what others have claimed is
        waited for.
        """
        while run.is_active:
            if leave or not turn(now=timezone.now(), run=run):
                time.sleep(leases.WAIT_SECONDS)
            run.refresh_from_db()
        while (receipt := run_receipt(run, now=timezone.now())).checks and receipt.checks.waiting:
            if leave or not check_turn(run):
                time.sleep(leases.WAIT_SECONDS)
        return receipt


def in_words(receipt: RunReceipt) -> str:
    """The receipt for people at a terminal."""
    lines = [f"{receipt.run}: {receipt.run.get_state_display()}. {receipt.run.reason}".rstrip()]
    lines.append(f"Found {receipt.found:,}, delivered {receipt.delivered:,}.")
    lines += [f"  {reason_label(code)}: {number:,}" for code, number in receipt.excluded.items()]
    lines += _checked(receipt.checks) if receipt.checks else []
    lines.append(f"Held {receipt.held:.2f}, charged {receipt.captured:.2f}, returned {receipt.released:.2f} credits.")
    lines += [f"{row.title}: {told}" for row in receipt.sources if (told := _told(row))]
    lines.append("Grades: " + ", ".join(f"{grade} {number}" for grade, number in receipt.grades.items()))
    lines.append(f"{receipt.seconds:.1f} seconds.")
    return "\n".join(lines)


def _told(row: SourceRow) -> str:
    """What a provider was asked and charged, how it failed, and what is not certain."""
    return " ".join(filter(None, (row.account and f"{row.account}.", row.note and row.situation.sentence, row.doubt)))


def _checked(checks: CheckReceipt) -> list[str]:
    told = ", ".join(f"{status} {number}" for status, number in checks.verdicts.items())
    later = f"; {checks.put_off} asked again later" if checks.put_off else ""
    outside = "".join(f"; {each}" for each in checks.outside)
    return [f"E-mail addresses: {told}{later}; charged {checks.credits:.2f}{outside}."]
