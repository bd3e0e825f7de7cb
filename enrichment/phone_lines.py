"""Numbers taken to a provider of phone lines, after our own check and by the workspace's key: once while its answer is good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from enrichment import kept_opinions
from enrichment.checks.phone import check_phones
from enrichment.providers.registry import CHECKERS
from enrichment.providers.twilio import LineReport, Twilio
from enrichment.remembering import subject_key
from enrichment.verdict import PhoneVerdict
from leadengine.http import Unanswered

KEPT = timedelta(days=30)
KINDS = ("phone", "phone-line")  # what was answered: the number alone, or with its line
NOTHING_TO_ASK = "The number has no form in which it could be asked about."
ASKED_NOW = "It is being asked about elsewhere."


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """Our own verdict, and what the provider reported, or, in `said`, why it did not. `is_kept`: it was asked before."""

    own: PhoneVerdict
    report: LineReport | None = None
    said: str = ""
    is_kept: bool = False
    at: datetime | None = None

    def evidence(self) -> dict[str, Any]:
        """As it is kept and printed: who said what, when, and whether anything was asked for it now."""
        who = {"provider": Twilio.provider, "title": Twilio.title}
        if self.report is None:
            return who | {"left_out": self.said}
        at = self.at.isoformat() if self.at else None
        return (
            who | {"at": at, "is_kept": self.is_kept, "is_paid_package": self.report.has_line} | self.report.to_json()
        )


def numbers_of(field: str, countries: tuple[str, ...]) -> set[str]:
    """Every number that a field can have been asked about as: read by each of these countries' rules, and by all in turn.

    >>> sorted(numbers_of("0171 1234567", ("DE", "")))
    ['+491711234567']
    """
    known = tuple(dict.fromkeys(filter(None, countries)))
    hints = [known, *((each,) for each in known)]
    return {verdict.e164 for each in hints for verdict in check_phones(field, each)} - {""}


def look_up(
    own: PhoneVerdict, *, workspace_id: int, with_line: bool, in_sandbox: bool = False, now: datetime
) -> LineAnswer:
    """Call it outside any transaction. `with_line`: the paid package, never asked for by itself."""
    if not own.e164 or not own.possible:
        return LineAnswer(own, said=NOTHING_TO_ASK)
    if kept := _kept(workspace_id, own.e164, with_line, now):
        return LineAnswer(own, kept[0], is_kept=True, at=kept[1])
    twilio = CHECKERS["twilio"]
    mine = (workspace_id, twilio.provider, subject_key(KINDS[with_line], own.e164))
    if not isinstance(twilio, Twilio) or not kept_opinions.claim(*mine, asked_for=None, now=now):
        return LineAnswer(own, said=ASKED_NOW)
    try:
        report = twilio.ask(twilio.door(workspace_id, in_sandbox=in_sandbox), own.e164, with_line=with_line)
    except Unanswered as error:
        kept_opinions.give_up(*mine)
        return LineAnswer(own, said=str(error))
    except (KeyError, TypeError, AttributeError):
        kept_opinions.give_up(*mine)
        return LineAnswer(own, said=f"{twilio.title} sent an answer that could not be read.")
    kept_opinions.keep(*mine, report.to_json(), credits=Decimal(0), until=now + KEPT)
    return LineAnswer(own, report, at=now)


def _kept(workspace_id: int, e164: str, with_line: bool, now: datetime) -> tuple[LineReport, datetime] | None:
    """An answer that is good still; one with the line serves also where only the number is asked about."""
    subjects = [subject_key(kind, e164) for kind in (KINDS[1:] if with_line else KINDS)]
    rows = kept_opinions.kept(workspace_id, subjects, now=now).values()
    return next(((LineReport.from_json(row.facts), row.asked_at) for row in rows if row.facts), None)
