"""A batch of candidates as it will be decided on: merged, judged by the criteria, contact data checked, scored and graded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Value

from enrichment.checks.email import check_syntax
from enrichment.checks.phone import check_phone
from enrichment.verdict import EmailVerdict, PhoneVerdict
from enrichment.wording import sentence
from leads.candidate import Candidate
from leads.criteria import Criteria
from leads.identity import hash64
from leads.intake import Contact
from leads.matching import compare
from leads.models import Exclusion, Reason, Run
from leads.prospecting import Prospect, Refusal, at_company, prospect, sift
from leads.unbought import NOT_BOUGHT, why_aside
from scoring import engine
from scoring.engine import Scores
from scoring.facts import from_candidates
from scoring.rules import Rules

MOST_COMPARED = 15  # earlier ones for each prospect, as many as of leads that are known
JUDGED_AGAIN = (Reason.NO_CONTACT, Reason.BELOW_GRADE, Reason.CRITERIA_MISMATCH)


@dataclass(frozen=True, slots=True)
class Judged:
    """A prospect with its contact data checked, its grade, and why it is refused, if it is."""

    prospect: Prospect
    contact: Contact
    email: EmailVerdict | None
    phone: PhoneVerdict | None
    grade: str = ""
    total: int = 0
    refusal: Refusal | None = None

    @property
    def candidate(self) -> Candidate:
        return self.prospect.candidate


def judge(
    candidates: Sequence[Candidate],
    *,
    run: Run,
    criteria: Criteria,
    rules: Rules,
    now: datetime,
    verdicts: Mapping[str, EmailVerdict] = {},
    told: Sequence[Candidate] = (),
) -> tuple[list[Judged], Scores]:
    """Each person or company among the candidates with grade and refusal, and the scores in the same order.

    `verdicts`: what the domains said, by address. `told`: what company sources said of the company that all of them are
    at. Asks the database twice at most, for earlier exclusions of this run that the new facts may overturn.
    """
    known = _with_earlier(sift(candidates, criteria), run, criteria)
    return _judged([at_company(each, told, criteria) for each in known], run, criteria, rules, now, verdicts)


def judge_again(
    judged: Sequence[Judged],
    *,
    run: Run,
    rules: Rules,
    now: datetime,
    told: Sequence[Candidate] = (),
    anyway: bool = False,
) -> tuple[list[Judged], Scores] | None:
    """As `judge`, with what another source had refused of the same people since then; None where there is nothing.

    `anyway`: even then, for the rules are others. Under the run's lock there is nobody who could still add to it.
    """
    criteria = Criteria.from_json(run.criteria)
    before = [each.prospect for each in judged]
    prospects = _with_earlier(list(before), run, criteria)
    if prospects == before and not anyway:
        return None
    verdicts = {each.candidate.email: each.email for each in judged if each.email}
    return _judged([at_company(each, told, criteria) for each in prospects], run, criteria, rules, now, verdicts)


def _judged(
    prospects: Sequence[Prospect],
    run: Run,
    criteria: Criteria,
    rules: Rules,
    now: datetime,
    verdicts: Mapping[str, EmailVerdict],
) -> tuple[list[Judged], Scores]:
    checked = [check(each, criteria, email=verdicts.get(each.candidate.email)) for each in prospects]
    scores = rules.score(from_candidates(checked, now=now, asked_at=run.created_at))
    scored = [replace(each, total=int(total)) for each, total in zip(checked, scores.total, strict=True)]
    marked = [graded(each, grade, run.lowest_grade) for each, grade in zip(scored, scores.grade, strict=True)]
    return marked, scores


def check(found: Prospect, criteria: Criteria, *, must_reach: bool = True, email: EmailVerdict | None = None) -> Judged:
    """Syntax of the e-mail address, form and region of the phone; an unusable address is dropped, not delivered.

    `must_reach`: refuse whom nobody could reach. `email`: the verdict on the address, where more than syntax was asked.
    """
    candidate = found.candidate
    email = (email or check_syntax(candidate.email)) if candidate.email else None
    hints = tuple(filter(None, (candidate.country, candidate.company.country)))
    raw_phone = candidate.phone or candidate.company.phone
    phone = check_phone(raw_phone, hints) if raw_phone else None
    contact = _contact(email, phone, raw_phone)
    refusal = _half(candidate) or found.refusal
    if must_reach and not refusal:
        refusal = _unreachable(candidate, email, contact, criteria)
    return Judged(found, contact, email, phone, refusal=refusal)


def _half(candidate: Candidate) -> Refusal | None:
    """Why somebody was not bought, which goes before what is not known of them for that reason."""
    why = why_aside(candidate)
    return Refusal(*why) if why else None


def _contact(email: EmailVerdict | None, phone: PhoneVerdict | None, raw_phone: str) -> Contact:
    usable = email is not None and email.status != "undeliverable"
    return Contact(
        email=email.normalized if email and usable else "",
        email_status=email.status if email and usable else "unchecked",
        email_reason=email.reason if email else "",
        email_flags=",".join(sorted(email.flags)) if email else "",
        email_score=email.measured if email and usable else None,
        phone=(phone.e164 if phone and phone.possible else "") or raw_phone,
        phone_type=phone.type if phone and phone.valid else "",
        phone_valid=phone.valid if phone else None,
    )


def _unreachable(
    candidate: Candidate, email: EmailVerdict | None, contact: Contact, criteria: Criteria
) -> Refusal | None:
    """Whom nobody could reach is not delivered; a company without a known person is reached by phone or web site."""
    broken = email is not None and not contact.email
    if broken and (criteria.has_email == "must" or not _other_way(candidate, contact)):
        return Refusal(Reason.INVALID_EMAIL, f"{candidate.email}: {sentence(email.reason)}" if email else "")
    if candidate.is_unbought:
        return Refusal(Reason.NO_CONTACT, NOT_BOUGHT)
    if not contact.email and not _other_way(candidate, contact):
        return Refusal(Reason.NO_CONTACT, "No e-mail address, phone number or profile")
    return None


def _other_way(candidate: Candidate, contact: Contact) -> bool:
    by_site = not candidate.is_person and candidate.company.domain
    return bool(by_site or candidate.linkedin_url or (contact.phone and contact.phone_valid is not False))


def graded(judged: Judged, grade: str, lowest: str) -> Judged:
    """With this grade, and refused for it where it is too low."""
    low = judged.refusal is None and not engine.at_least(grade, lowest)
    below = Refusal(Reason.BELOW_GRADE, f"Grade {grade}, you asked for {lowest} or better") if low else None
    return replace(judged, grade=grade, refusal=judged.refusal or below)


def keys(found: Prospect) -> list[int]:
    """The hashes by which a refused candidate is found again when another source adds facts."""
    return sorted({*found.keys, *(hash64(each.kind, each.value) for each in found.identities)})


def _with_earlier(prospects: list[Prospect], run: Run, criteria: Criteria) -> list[Prospect]:
    """Prospects that this run refused before, merged with what was known then."""
    refused = Exclusion.objects.of(run.workspace_id).filter(
        run=run, reason__in=JUDGED_AGAIN, included_at__isnull=True, candidate__isnull=False
    )
    by_key: dict[int, list[int]] = defaultdict(list)
    for index, each in enumerate(prospects):
        for key in keys(each):
            by_key[key].append(index)
    earlier = refused.filter(keys__overlap=Value(list(by_key), output_field=ArrayField(BigIntegerField())))
    wanted = nearest(earlier.values_list("pk", "keys"), by_key)
    rows = refused.in_bulk({pk for pks in wanted.values() for pk in pks}) if wanted else {}
    for index, pks in wanted.items():
        for exclusion in filter(None, map(rows.get, pks)):
            prospects[index] = _merged(prospects[index], exclusion, criteria)
    return prospects


def nearest(rows: Iterable[tuple[int, Sequence[int]]], by_key: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """By the position of a prospect the rows that it shares most keys with, in their order; a crowd of namesakes at one
    company is not compared with each of them again and again.

    >>> nearest([(7, [1, 2]), (8, [2]), (9, [3])], {1: [0], 2: [0, 1]})
    {0: [7, 8], 1: [7, 8]}
    """
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for pk, of_row in rows:
        for key in of_row:
            for index in by_key.get(key, ()):
                shared[index][pk] += 1
    return {
        index: sorted(sorted(near, key=lambda pk: (-near[pk], pk))[:MOST_COMPARED]) for index, near in shared.items()
    }


def _merged(found: Prospect, exclusion: Exclusion, criteria: Criteria) -> Prospect:
    before = Candidate.from_json(exclusion.candidate or {})
    if exclusion.pk in found.revives or compare(found.candidate, before).outcome != "same":
        return found
    again = prospect([*found.records, before], criteria, revives=(*found.revives, exclusion.pk))
    return replace(again, duplicates=found.duplicates)
