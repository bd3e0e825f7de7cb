"""A worker's turn at checking an import: batch by batch, by the code that will import it, and in a fixed number of queries.

A batch looks for duplicates among its own rows, then among the rows before it, by the keys under which likely duplicates
meet; whoever is left is looked for among the workspace's leads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import connection, transaction
from django.utils import timezone

from leadengine.bulk import copy_in
from leadengine.workflows import leases
from leadengine.workflows.import_matching import counting, person_of
from leadengine.workflows.import_preparing import forget_check
from leadengine.workflows.import_progress import end, keep, lines_of, locked
from leadengine.workflows.import_reading import Reading, read_row
from leads.known import CANDIDATES_PER_KEY, Known
from leads.matching import cluster, compare
from leads.models import Import, ImportKey, ImportRow, ImportStep, Lead, OnMatch, SourceFileRow, Verdict
from leads.prospecting import Prospect
from leads.recognising import Recognised, recognised
from leads.suppressing import suppressed

BATCH = 500
LISTED = "On the suppression list"
EARLIER = """
SELECT wanted.key, near.line
FROM unnest(%s::bigint[]) AS wanted(key)
CROSS JOIN LATERAL (
    SELECT line FROM leads_importkey WHERE of_id = %s AND workspace_id = %s AND key = wanted.key ORDER BY line LIMIT %s
) AS near
"""


def check_turn(job: Import, *, batches: int) -> None:
    """Do the next batches, then give it back. Raises LeaseLost when it is not this worker's any more."""
    for _ in range(batches):
        if not _check(job):
            return
    leases.give_back(job, now=timezone.now())


@transaction.atomic
def _check(job: Import) -> bool:
    """One batch; False when every row has been looked at."""
    held, after = locked(job), job.cursor.get("line", 0)
    if not after:
        forget_check(job)
    rows = SourceFileRow.objects.filter(workspace_id=job.workspace_id, file=held.file, line__gt=after)
    read = [read_row(job, held.file, row) for row in rows.order_by("line")[:BATCH]] if held.file else []
    if not read:
        ImportKey.objects.filter(workspace_id=job.workspace_id, of=job).delete()
        end(held, ImportStep.CHECK)
        return False
    copy_in(_judged(held, read))
    job.cursor = {"line": read[-1].line}
    keep(job)
    return True


def _judged(job: Import, read: Sequence[Reading]) -> list[ImportRow]:
    """Each row with what would become of it; a duplicate stands under the first row of the same person."""
    groups = _groups(read)
    people = {line: person for line, group in groups.items() if (person := person_of(group))}
    earlier = _earlier(job, people)
    fresh = {line: person for line, person in people.items() if line not in earlier}
    copy_in([_key(job, key, line) for line, person in fresh.items() for key in person.keys])
    heads = {each.line: earlier.get(line, line) for line, group in groups.items() for each in group}
    verdicts = _verdicts(job, fresh) | _listed(job, [each for each in read if each.faults])
    return [verdicts.get(each.line) or _set_aside(job, each, heads.get(each.line, each.line)) for each in read]


def _listed(job: Import, faulty: Sequence[Reading]) -> dict[int, ImportRow]:
    """Rows with an error whose person is on the suppression list: nobody is shown them to be corrected."""
    rows = [_row(job, each.line, Verdict.SUPPRESSED, LISTED) for each in faulty]
    wanted = [set(each.listed_by) for each in faulty]
    return {rows[place].line: rows[place] for place in suppressed(job.workspace_id, wanted)} if any(wanted) else {}


def _row(job: Import, line: int, verdict: Verdict, why: str) -> ImportRow:
    return ImportRow(workspace_id=job.workspace_id, of=job, line=line, head=line, verdict=verdict, why=why)


def _groups(read: Sequence[Reading]) -> dict[int, list[Reading]]:
    """The rows that name one person, by the line of the first."""
    usable = [each for each in read if each.candidate]
    groups = cluster([each.candidate for each in usable if each.candidate])
    return {usable[min(group)].line: [usable[place] for place in sorted(group)] for group in groups}


def _earlier(job: Import, people: Mapping[int, Prospect]) -> dict[int, int]:
    """By the line of each person who stands in an earlier batch the line where they do. Two queries."""
    owners: dict[int, list[int]] = defaultdict(list)
    for line, person in people.items():
        for key in person.keys:
            owners[key].append(line)
    with connection.cursor() as cursor:
        cursor.execute(EARLIER, [list(owners), job.pk, job.workspace_id, CANDIDATES_PER_KEY])
        pairs = {(line, before) for key, before in cursor.fetchall() for line in owners[key]}
    if not pairs or job.file is None:
        return {}
    rows = lines_of(job.file, {before for _, before in pairs})
    known = {row.line: candidate for row in rows if (candidate := read_row(job, job.file, row).candidate)}
    found: dict[int, int] = {}
    for line, before in sorted(pairs):
        is_same = before in known and compare(people[line].candidate, known[before]).outcome == "same"
        found |= {line: before} if is_same and line not in found else {}
    return found


def _verdicts(job: Import, people: Mapping[int, Prospect]) -> dict[int, ImportRow]:
    lines, prospects = list(people), list(people.values())
    seen = recognised(job.workspace_id, prospects)
    known = counting(job, prospects, seen.known)
    refuses = Lead.objects.of(job.workspace_id).filter(pk__in=[each.lead_id for each in seen.known.values()])
    never = set(refuses.filter(do_not_contact=True).values_list("pk", flat=True))
    rows: dict[int, ImportRow] = {}
    for place, line in enumerate(lines):
        same, anybody = known.get(place), seen.known.get(place)
        verdict, why = _verdict(job, place, seen, same, is_refused=bool(anybody and anybody.lead_id in never))
        row = _row(job, line, verdict, why)
        row.lead_id = same.lead_id if same and verdict in (Verdict.UPDATE, Verdict.KNOWN) else None
        rows[line] = row
    return rows


def _verdict(job: Import, place: int, seen: Recognised, same: Known | None, *, is_refused: bool) -> tuple[Verdict, str]:
    if place in seen.suppressed or is_refused:
        return Verdict.SUPPRESSED, LISTED
    if place in seen.marked:
        return Verdict.BARRED, f"The company is marked as {seen.marked[place].lower()}"
    if same is None:
        return Verdict.NEW, ""
    return Verdict.KNOWN if job.on_match == OnMatch.SKIP else Verdict.UPDATE, same.how[:300]


def _set_aside(job: Import, read: Reading, head: int) -> ImportRow:
    """A row with an error, or of somebody who stands in an earlier one."""
    row = ImportRow(workspace_id=job.workspace_id, of=job, line=read.line, head=head, faults=read.faults)
    row.verdict = Verdict.ERROR if read.faults else Verdict.DUPLICATE
    row.why = "" if read.faults else f"The same person as line {head}"
    return row


def _key(job: Import, key: int, line: int) -> ImportKey:
    return ImportKey(workspace_id=job.workspace_id, of=job, key=key, line=line)
