"""The options that describe a brief on the command line, read into one."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from billing.models import User, Workspace
from leadengine.management.workspace_command import json_argument
from leadengine.workflows.briefs import Brief
from leads.criteria import Criteria, InvalidCriteria
from leads.criteria.sentence import understand
from leads.file_headers import NAMING, guess_mapping
from leads.files import BadFile, read_csv, store_file
from leads.linkedin_files import is_file, sources_with
from leads.models import SavedSearch, SourceFile
from leads.saved_searches import visible_to
from scoring.engine import GRADES

MOST_CREDITS = 10**10  # what the columns of the ledger hold


def add_brief_arguments(parser: CommandParser) -> None:
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--criteria", help="criteria as JSON, or the name of a file that holds it")
    whom.add_argument("--saved", help="the name of a saved search, with all its limits")
    whom.add_argument("--sentence", help="criteria as a plain sentence; every word of it must be understood")
    parser.add_argument("--sources", default="directory", help="comma-separated, for example directory,file")
    parser.add_argument("--file", default="", help="the CSV file behind the source “file”")
    parser.add_argument("--most-leads", type=int, default=100)
    parser.add_argument("--most-credits", default="", help="never spend more than this")
    parser.add_argument("--lowest-grade", default="D", choices=GRADES)
    parser.add_argument("--include-known", action="store_true", help="also look at leads the workspace knows already")
    parser.add_argument("--verify-emails", action="store_true", help="verify the addresses of the delivered leads")


def read_brief(options: dict[str, Any], workspace: Workspace, by: User) -> Brief:
    """The brief that the options describe; CommandError names every problem."""
    if options.get("saved"):
        return brief_of_saved(_saved(options["saved"], workspace, by))
    sources = tuple(name.strip() for name in options["sources"].split(",") if name.strip())
    if reading := [name for name in sources if is_file(name) and not options["file"]]:
        raise CommandError(f"Name the CSV file of the source “{reading[0]}” with --file.")
    file = _file(options["file"], workspace, by)
    return Brief(
        criteria=_spoken(options["sentence"]) if options.get("sentence") else _criteria(options["criteria"]),
        sources=tuple(sources_with(sources, file.header)) if file else sources,
        most_leads=options["most_leads"],
        most_credits=_credits(options["most_credits"]),
        lowest_grade=options["lowest_grade"],
        new_only=not options["include_known"],
        verify_emails=options["verify_emails"],
        file_id=file.pk if file else None,
    )


def brief_of_saved(saved: SavedSearch) -> Brief:
    """What a saved search orders."""
    return Brief(
        criteria=Criteria.from_json(saved.criteria),
        sources=tuple(saved.sources),
        most_leads=saved.most_leads,
        most_credits=saved.most_credits,
        lowest_grade=saved.lowest_grade,
        new_only=saved.new_only,
        verify_emails=saved.verify_emails,
        file_id=saved.source_file_id,
    )


def _saved(name: str, workspace: Workspace, by: User) -> SavedSearch:
    found = visible_to(by, workspace).filter(name=name).order_by("id").first()
    if found is None:
        raise CommandError(f"{by.email} sees no saved search “{name}”.")
    return found


def _criteria(text: str) -> Criteria:
    try:
        return Criteria.from_json(json_argument(text))
    except InvalidCriteria as error:
        raise CommandError("; ".join(f"{name}: {sentence}" for name, sentence in error.errors.items())) from error


def _spoken(sentence: str) -> Criteria:
    """A script sees no chips, so that words which are not understood are an error."""
    understood = understand(sentence, year=timezone.localdate().year)
    if understood.leftovers:
        strange = "; ".join(f"“{each.text}”{f': {each.why}' if each.why else ''}" for each in understood.leftovers)
        raise CommandError(f"Not understood: {strange}. Say it otherwise, or give it as a keyword in “quotes”.")
    return understood.criteria


def _credits(text: str) -> Decimal | None:
    try:
        credits = Decimal(text) if text else None
        is_fine = credits is None or (0 < credits < MOST_CREDITS and credits == round(credits, 2))
    except InvalidOperation:
        is_fine = False
    if not is_fine:
        raise CommandError(f"“{text}” is not a number of credits: give a positive one with at most two places.")
    return credits


def _file(name: str, workspace: Workspace, by: User) -> SourceFile | None:
    if not name:
        return None
    try:
        parsed = read_csv(Path(name).read_bytes(), Path(name).name)
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
    except (BadFile, ValueError) as error:
        raise CommandError(f"{name}: {error}") from error
    if not (NAMING | {"domain"}) & guess_mapping(parsed.header).keys():
        raise CommandError(
            f"{name}: no column is known that names a person or company. Its columns are {', '.join(parsed.header)[:200]}."
        )
    return store_file(workspace, parsed, by=by)
