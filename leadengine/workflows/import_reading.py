"""What is wrong with the cells of a row that is to be imported, by the checks that every lead goes through."""

from __future__ import annotations

from dataclasses import dataclass

from enrichment.checks.email import check_syntax
from enrichment.verdict import Reason
from leads.candidate import Candidate
from leads.file_rows import UnusableRow
from leads.identity import domain_key, email_key, linkedin_slug, phone_key
from leads.import_reading import candidate_of, cells_of, formulas
from leads.isolating import excused
from leads.models import Import, SourceFile, SourceFileRow
from leads.suppressing import Digest, digests
from leads.table_rows import Cells

ROW = "row"  # the key of a fault of the row as a whole
WRONG_ADDRESS: dict[str, str] = {
    Reason.SYNTAX_INVALID: "is not a valid e-mail address",
    Reason.DOMAIN_RESERVED: "has a domain that no mail system can have",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Whom a row names, or by our field what is wrong with it: then it cannot be imported as it is.

    `listed_by` is then by what its person could be on the suppression list all the same.
    """

    line: int
    candidate: Candidate | None
    faults: dict[str, str]
    listed_by: frozenset[Digest] = frozenset()


def read_row(job: Import, file: SourceFile, row: SourceFileRow) -> Reading:
    """A row with one bad cell is no lead until somebody corrects or empties it; a row that breaks our code neither."""
    if not any(row.cells):
        return Reading(row.line, None, {ROW: "has been blanked"})
    cells = cells_of(row.cells, file)
    try:
        candidate, faults = candidate_of(job, file, row, cells), _faults(cells)
    except UnusableRow as fault:
        candidate, faults = None, _faults(cells) | {ROW: str(fault)}
    except Exception as error:
        candidate, faults = None, {ROW: excused(error)}
    return Reading(row.line, None, faults, _listed_by(cells)) if faults else Reading(row.line, candidate, {})


def _listed_by(cells: Cells) -> frozenset[Digest]:
    address = email_key(cells["email"])
    keys = [
        ("email", address),
        ("domain", domain_key(address.rpartition("@")[2])),
        ("domain", domain_key(cells["domain"])),
    ]
    keys += [("linkedin", linkedin_slug(cells["linkedin_url"])), ("phone", phone_key(cells["phone"]))]
    return frozenset(digests([], keys))


def _faults(cells: Cells) -> dict[str, str]:
    faults = formulas(cells)
    if cells["email"] and "email" not in faults:
        verdict = check_syntax(cells["email"])
        if verdict.status == "undeliverable":
            faults["email"] = WRONG_ADDRESS.get(verdict.reason, "cannot be written to")
    if cells["domain"] and "domain" not in faults and not domain_key(cells["domain"]):
        faults["domain"] = "is no web address"
    return faults
