"""Takes addresses that our own engine could not decide to the providers whose keys the workspace has, cheapest first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from enrichment import kept_opinions
from enrichment.deciding import Note, decided, is_undecided
from enrichment.models import OutsideAnswer
from enrichment.opinion_choices import keys_to_ask
from enrichment.providers.contract import EmailChecker, Opinion, StillChecking
from enrichment.providers.registry import cheapest_first, email_checkers
from enrichment.remembering import mailbox_key
from enrichment.verdict import EmailVerdict
from enrichment.verifying.assembling import lifetime
from leadengine.http import Unanswered
from leadengine.outcomes import WRONG_TYPES, Outcome
from leadengine.wording import amount, plural
from leads.sources.door import Door

REST = timedelta(hours=1)  # after a refused key: those who ask on with one are blocked
UNKNOWN_KEPT = timedelta(days=1)
NOT_A_LIST = "{} takes lists only as jobs of its own, so it is asked about single addresses only."
RESTING = "{} refused the key or had no credits lately. Test the key under Settings, Sources to ask it again."
IN_DOUBT = "Up to {} may have been charged, so it is not asked again by itself."
GARBLED = "{} sent an answer that could not be read."


@dataclass(slots=True)
class Panel:
    """The providers that may be asked for a workspace, in order, and why some are not asked any more in this turn.

    `is_list`: it is one of several addresses of an order. `is_late` says when there is no time to ask any more.
    `passing`: those that ended for a reason that will pass.
    """

    workspace_id: int
    doors: Sequence[tuple[EmailChecker, Door]]
    is_list: bool
    is_late: Callable[[], bool]
    now: datetime
    ended: dict[str, str] = field(default_factory=dict)
    passing: set[str] = field(default_factory=set)
    kept: Mapping[tuple[str, str], OutsideAnswer] = field(default_factory=dict)

    def consider(
        self, verdicts: Mapping[str, EmailVerdict], asked_for: Mapping[str, UUID], last: Collection[str] = ()
    ) -> dict[str, EmailVerdict]:
        """The verdicts with what providers said. `last` are not asked about again: they wait for no provider.

        An address is left out for which there was no time, or that a provider is being asked about elsewhere: that answer
        will serve.
        """
        subjects = [mailbox_key(each.normalized) for each in verdicts.values()]
        self.kept = kept_opinions.kept(self.workspace_id, subjects, now=self.now)
        found = {}
        for email, verdict in verdicts.items():
            notes = self._notes(verdict, asked_for.get(email), is_last=email in last)
            if notes is not None:
                found[email] = decided(verdict, notes, now=self.now)
        return found

    def _notes(self, verdict: EmailVerdict, asked_for: UUID | None, *, is_last: bool) -> list[Note] | None:
        """What each provider said, up to the first that knows something, or will; None where one could not be asked yet."""
        notes: list[Note] = []
        for checker, door in self.doors:
            subject = mailbox_key(verdict.normalized)
            note = self._at_hand(checker, subject, asked_for)
            if note is None and not self.is_late():
                note = self._asked(checker, door, verdict.normalized, subject, asked_for)
            if note is None:
                return None
            notes.append(note)
            if (note.is_at_it and not is_last) or (note.opinion and note.opinion.status != "unknown"):
                break
        return notes

    def _at_hand(self, checker: EmailChecker, subject: str, asked_for: UUID | None) -> Note | None:
        """What needs no question: an answer that is good still, or why it is not asked."""
        row = self.kept.get((checker.provider, subject))
        own = row is not None and row.asked_for is not None and row.asked_for == asked_for
        if row is not None and row.facts and "in_doubt" in row.facts:
            if own or self.now - row.asked_at < kept_opinions.IN_DOUBT:
                return self._in_doubt(checker, row.facts["in_doubt"], row.asked_at, is_own=own)
        elif row is not None and row.facts:
            credits = row.credits if own else Decimal(0)
            return Note(checker.provider, checker.title, row.asked_at, Opinion.from_json(row.facts), credits, not own)
        said = self.ended.get(checker.provider, "")
        if not said and self.is_list and not checker.takes_lists:
            said = NOT_A_LIST.format(checker.title)
        return self._left_out(checker, said) if said else None

    def _asked(
        self, checker: EmailChecker, door: Door, email: str, subject: str, asked_for: UUID | None
    ) -> Note | None:
        """What it says now; None while somebody else is asking it, of another spelling perhaps."""
        name, mine = checker.provider, (self.workspace_id, checker.provider, subject)
        is_lost = checker.at_most and kept_opinions.doubt_if_lost(*mine, now=self.now)
        if is_lost or not kept_opinions.claim(*mine, asked_for=asked_for, now=self.now):
            self.kept = {**self.kept, **kept_opinions.kept(self.workspace_id, [subject], now=self.now)}
            return self._at_hand(checker, subject, asked_for)
        try:
            opinion = checker.ask(door, email)
        except StillChecking as error:
            kept_opinions.give_up(*mine)
            return Note(name, checker.title, self.now, said=str(error), is_passing=True, is_at_it=True)
        except Unanswered as error:
            return self._unanswered(checker, subject, error)
        except WRONG_TYPES:
            garbled = Unanswered(Outcome.GARBLED, GARBLED.format(checker.title), may_be_done=True)
            return self._unanswered(checker, subject, garbled)
        until = self.now + (UNKNOWN_KEPT if opinion.status == "unknown" else lifetime(opinion.status, opinion.reason))
        kept_opinions.keep(*mine, opinion.to_json(), credits=opinion.credits, until=until)
        return Note(name, checker.title, self.now, opinion, opinion.credits)

    def _unanswered(self, checker: EmailChecker, subject: str, error: Unanswered) -> Note:
        """What may have been charged is not asked again by itself, as with a purchase; all else is free to be asked."""
        mine = (self.workspace_id, checker.provider, subject)
        note = self._ended(checker, error)
        if not error.may_be_done or not checker.at_most:
            kept_opinions.give_up(*mine)
            return note
        kept_opinions.leave_in_doubt(*mine, str(error), now=self.now)
        return self._in_doubt(checker, str(error), self.now, is_own=True)

    def _in_doubt(self, checker: EmailChecker, said: str, at: datetime, *, is_own: bool) -> Note:
        most = f"{amount(checker.at_most)} {checker.title} {plural(checker.at_most, 'credit')}"
        words = f"{said} {IN_DOUBT.format(most)}"
        return Note(checker.provider, checker.title, at, said=words, possible=checker.at_most, is_kept=not is_own)

    def _ended(self, checker: EmailChecker, error: Unanswered) -> Note:
        """It is asked no more in this turn, unless it was one question alone that it did not understand."""
        if error.outcome != Outcome.BAD_REQUEST:
            self.ended[checker.provider] = str(error)
        if not error.is_permanent:
            self.passing.add(checker.provider)
        return self._left_out(checker, str(error))

    def _left_out(self, checker: EmailChecker, said: str) -> Note:
        is_passing = checker.provider in self.passing
        return Note(checker.provider, checker.title, self.now, said=said, is_passing=is_passing)


def checkers_with_key(workspace_id: int) -> list[EmailChecker]:
    """Those that are to be asked and whose key the workspace has, or the server: the cheapest first. One query."""
    installed = {each.provider: each for each in email_checkers()}
    asked = set(keys_to_ask(workspace_id).values_list("provider", flat=True))
    return cheapest_first(installed[name] for name in asked)


def newest_key(workspace_id: int) -> datetime | None:
    """Since when the last of them can be asked: what was not decided before may be asked again."""
    return keys_to_ask(workspace_id).order_by("-since").values_list("since", flat=True).first()


def panel(
    workspace_id: int,
    checkers: Iterable[EmailChecker],
    *,
    in_sandbox: bool,
    is_list: bool,
    is_late: Callable[[], bool],
    now: datetime,
) -> Panel:
    """Their doors opened; one that refused the key lately is left alone for a while."""
    ended, doors = {}, []
    for each in checkers:
        try:
            door = each.door(workspace_id, in_sandbox=in_sandbox)
        except Unanswered as error:
            ended[each.provider] = str(error)
            continue
        if door.is_refused(REST):
            ended[each.provider] = RESTING.format(each.title)
        doors.append((each, door))
    return Panel(workspace_id, doors, is_list, is_late, now, ended)


def undecided(verdicts: Mapping[str, EmailVerdict]) -> dict[str, EmailVerdict]:
    """Those that a second opinion could help."""
    return {email: each for email, each in verdicts.items() if is_undecided(each)}
