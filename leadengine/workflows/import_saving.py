"""One batch of an import in one transaction: leads, companies, evidence, scores, charges and what became of each row.

It is conditional on the import's lease, and a row that is done is not done again: a batch that runs twice, because its
worker was killed or its task came again, finds its rows done or its lease gone. Lock order as everywhere: publishing, the
import, known leads, identities, companies, credit account, hold.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from leadengine.workflows import import_telling, judging
from leadengine.workflows.import_matching import EVERYBODY, counting, person_of
from leadengine.workflows.import_progress import heads, keep, locked, readings
from leadengine.workflows.judging import Judged
from leadengine.workflows.outcomes import suppressed_among
from leads import companies, import_changes, intake, known, merging_evidence
from leads.buying_signals import save_signals
from leads.companies import Employer, Found
from leads.company_facts import told_by
from leads.intake import Accepted
from leads.known import Known
from leads.merging_evidence import More
from leads.models import WRITING, Import, ImportRow, Lead, OnMatch, SourceFileRow, Verdict
from scoring.models import LeadScore
from scoring.publication_lock import while_delivering
from scoring.rescoring import hold_scores, rescore

BATCH = 250
AGAIN = (Verdict.DUPLICATE, "The same person as an earlier row")


@dataclass(slots=True)
class Person:
    """A row that stands for a person, as it can be read now, and the lead that it is or becomes."""

    row: ImportRow
    judged: Judged
    lead_id: UUID | None = None
    accepted: Accepted | None = None

    @property
    def lead(self) -> UUID | None:
        return self.accepted.lead_id if self.accepted else self.lead_id

    @property
    def counts(self) -> bool:
        """Whether something is written of it; a duplicate fills gaps of the lead that an earlier row has become."""
        return self.row.verdict in WRITING or (self.row.verdict, self.row.why) == AGAIN


@transaction.atomic
def save_batch(job: Import) -> bool:
    """False when there is nothing left to do. Raises LeaseLost, and then nothing was written."""
    while_delivering(job.workspace_id)
    held = locked(job)
    rows, now = heads(job, BATCH), timezone.now()
    if not rows or held.file is None:
        return False
    told = readings(held.file, job, rows)
    people = []
    for row in rows:
        person = person_of(told[row.line])
        if person:
            people.append(Person(row, judging.check(person, EVERYBODY, must_reach=False)))
        elif row.verdict != Verdict.SUPPRESSED:  # who is on the list by a row with an error stays so
            row.verdict, row.why = Verdict.ERROR, "The row has been blanked"
    _decide(job, people)
    _write(job, [each for each in people if each.counts], now)
    _settle(job, rows, people)
    keep(job)
    return True


def _decide(job: Import, people: Sequence[Person]) -> None:
    """What becomes of each by what the workspace knows now; known leads are locked, identities of new ones taken."""
    prospects, judged = [each.judged.prospect for each in people], [each.judged for each in people]
    # Whoever is not to be contacted stays out by whatever they are recognised, not only by what counts for this import.
    everybody = known.find(job.workspace_id, prospects)
    found = counting(job, prospects, everybody)
    leads = known.locked({each.lead_id for each in everybody.values()})
    rows = ImportRow.objects.filter(workspace_id=job.workspace_id, of=job, verdict=Verdict.NEW, is_done=True)
    made = set(rows.filter(lead__in=leads).values_list("lead_id", flat=True))
    barred = suppressed_among(job.workspace_id, judged, everybody, leads)
    marked = companies.related(job.workspace_id, [each.candidate.company for each in judged])
    for place, person in enumerate(people):
        if place in barred:
            person.row.verdict, person.row.why, person.row.lead_id = Verdict.SUPPRESSED, "On the suppression list", None
        elif place in marked:
            person.row.verdict = Verdict.BARRED
            person.row.why = f"The company is marked as {marked[place].lower()}"
        else:
            _match(job, person, found.get(place), made)
    _claim(job, people)


def _match(job: Import, person: Person, same: Known | None, made: Collection[UUID]) -> None:
    if same is None:
        judged = person.judged
        person.accepted = intake.accept(judged.prospect, judged.contact, lead_id=None, grade="", price=job.unit_price)
        person.row.verdict, person.row.why = Verdict.NEW, ""
        return
    person.lead_id = same.lead_id
    if same.lead_id in made:
        person.row.verdict, person.row.why = AGAIN
        return
    person.row.verdict = Verdict.KNOWN if job.on_match == OnMatch.SKIP else Verdict.UPDATE
    person.row.why = same.how[:300]


def _claim(job: Import, people: Sequence[Person]) -> None:
    """Whose address or profile is somebody else's by now is a duplicate: of another row, or of a lead just made."""
    new = [each.accepted for each in people if each.accepted]
    grown = [(each.lead_id, each.judged.prospect) for each in people if each.lead_id and each.counts]
    lost = intake.claim_leads(job.workspace_id, new, grown)
    for person in people:
        if person.accepted and (winner := lost.get(person.accepted.lead_id)):
            person.accepted, person.lead_id = None, winner
            person.row.verdict, person.row.why = Verdict.DUPLICATE, "Has the address or profile of another lead"


def _write(job: Import, people: Sequence[Person], now: datetime) -> None:
    """Companies, leads, evidence, signals, timelines and scores, and what each lead and company was before."""
    updated = [each.lead_id for each in people if each.lead_id]
    before = Lead.objects.of(job.workspace_id).in_bulk(updated)
    was = {pk: import_changes.standing(lead) for pk, lead in before.items()}
    used = import_changes.in_use(updated)
    found = _companies(job, people, before, now)
    new = [(each.accepted, at) for each, at in zip(people, found, strict=True) if each.accepted]
    intake.create(job, [each for each, _ in new], {each.lead_id: at.company_id for each, at in new}, now=now)
    more = [_more(lead, each, at) for each, at in zip(people, found, strict=True) if (lead := each.lead_id)]
    changed = merging_evidence.save(job, more, now=now, only_gaps=_only_gaps(job))
    import_changes.keep_leads(job, was, used)
    placed = [(at.company_id, each.lead, each.judged.candidate) for each, at in zip(people, found, strict=True)]
    signals = [(company, lead, told) for company, lead, told in placed if company and lead]
    grown = save_signals(job.workspace_id, signals, asked_at=job.asked_at).grown
    import_telling.tell_leads(job, [each.lead_id for each, _ in new], updated, changed, now=now)
    grown |= {at.company_id for at in found if at.company_id and at.has_grown}
    _score(job, [each.lead_id for each, _ in new], changed, grown, now)


def _only_gaps(job: Import) -> bool:
    return job.on_match != OnMatch.OVERWRITE


def _more(lead_id: UUID, person: Person, at: Found) -> More:
    return More(lead_id, person.judged.prospect, person.judged.contact, at, is_delivery=True)


def _companies(job: Import, people: Sequence[Person], before: dict[UUID, Lead], now: datetime) -> list[Found]:
    employers = [
        Employer(
            told_by(each.judged.prospect, asked_at=job.asked_at),
            each.judged.candidate.company,
            lead_id=each.lead_id,
            home=before[each.lead_id].company_id if each.lead_id else None,
        )
        for each in people
    ]
    found, records = companies.resolve_with_records(job.workspace_id, employers, now=now, only_gaps=_only_gaps(job))
    import_changes.keep_companies(job, records)
    return found


def _score(job: Import, new: Sequence[UUID], changed: Sequence[UUID], grown: set[UUID], now: datetime) -> None:
    """New leads where their owner wants it; of the others those that have a score, for it would be out of date."""
    living = Lead.objects.of(job.workspace_id).living()
    touched = living.filter(pk__in=changed) | living.filter(company__in=grown)
    scored = LeadScore.objects.of(job.workspace_id).filter(lead__in=touched).values_list("lead_id", flat=True)
    wanted = {*scored} | ({*new} if job.grades else set())
    hold_scores(job.workspace_id, list(wanted))
    rows = living.filter(pk__in=wanted).select_related("company", "workspace").order_by("pk")
    rescore(list(rows), why=f"Import of {job.name}"[:200], now=now)


def _settle(job: Import, rows: Sequence[ImportRow], people: Sequence[Person]) -> None:
    """The rows are done, with their duplicates; who is suppressed leaves no cell behind; new leads are charged."""
    for person in people:
        person.row.lead_id = person.lead if person.row.verdict in (*WRITING, Verdict.KNOWN) else None
    for row in rows:
        row.is_done = True
    ImportRow.objects.bulk_update(rows, ["verdict", "why", "lead", "is_done"])
    mine = ImportRow.objects.filter(workspace_id=job.workspace_id, of=job, head__in=[row.line for row in rows])
    mine.filter(is_done=False).exclude(verdict=Verdict.ERROR).update(is_done=True)
    _blank(job, [row.line for row in rows if row.verdict == Verdict.SUPPRESSED])
    import_telling.charge(job, [each.accepted.lead_id for each in people if each.accepted])


def _blank(job: Import, suppressed: Sequence[int]) -> None:
    if not suppressed:
        return
    mine = ImportRow.objects.filter(workspace_id=job.workspace_id, of=job, head__in=suppressed)
    mine.update(verdict=Verdict.SUPPRESSED, why="On the suppression list")
    rows = SourceFileRow.objects.filter(workspace_id=job.workspace_id, file=job.file)
    rows.filter(line__in=mine.values("line")).update(cells=[])
