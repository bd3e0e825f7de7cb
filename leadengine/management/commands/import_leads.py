"""`manage.py import_leads`: brings a file of one's own leads into a workspace as the page does, and takes it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from billing.models import User, Workspace
from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.workflows.import_preparing import Terms, bring, name_countries, start_check
from leadengine.workflows.imports import REFUSALS, discard_import, start_import, undo_import, work_off
from leads.file_columns import Unusable, field_labels, remap
from leads.file_guessing import MARK
from leads.files import BadFile, read_anyhow
from leads.import_countries import MOST, absent, is_strange, strange_countries
from leads.importing import bad_rows
from leads.models import Import, MatchBy, OnMatch, SourceFile
from leads.vocabulary import places

BAD_ROWS = 50


class Command(WorkspaceCommand):
    help = "Import a CSV of your own leads; --dry-run only checks it, --undo takes an import of the last day back."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", nargs="?", default="", help="the CSV file")
        parser.add_argument(
            "--undo", type=UUID, default=None, metavar="IMPORT", help="id of an import, as it was printed"
        )
        parser.add_argument(
            "--map", action="append", default=[], metavar="FIELD=COLUMN", help="repeat for each; else guessed"
        )
        parser.add_argument("--match-by", default=MatchBy.PERSON, choices=MatchBy.values)
        parser.add_argument("--on-match", default=OnMatch.FILL, choices=OnMatch.values)
        parser.add_argument("--source-note", default="", help="where the data is from; needed")
        parser.add_argument("--encoding", default="", help="such as cp1252; else guessed")
        parser.add_argument("--delimiter", default="", help="the sign between cells; else guessed")
        parser.add_argument(
            "--heading", choices=["yes", "no"], help="whether a row says what the columns are; else guessed"
        )
        parser.add_argument(
            "--country", action="append", default=[], metavar="TEXT=COUNTRY", help="which country a text means; repeat"
        )
        parser.add_argument("--no-grades", action="store_true", help="do not grade the new leads now")
        parser.add_argument("--dry-run", action="store_true", help="say what would become of the rows, and forget them")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        by = self.person(workspace, options)
        if options["undo"]:
            self.tell(self.take_back(workspace, by, options["undo"]), options)
            return
        job = self.checked(workspace, by, options)
        if options["dry_run"]:
            self.tell(job, options)
            discard_import(job)
            return
        try:
            start_import(job, grades=not options["no_grades"], shown_at_most=None, by=by, now=timezone.now())
        except REFUSALS as refusal:
            discard_import(job)
            raise CommandError(str(refusal)) from refusal
        job.refresh_from_db()
        self.tell(work_off(job), options)

    def checked(self, workspace: Workspace, by: User, options: dict[str, Any]) -> Import:
        if not (options["file"] and options["source_note"].strip()):
            raise CommandError("Name the file, and with --source-note where its data is from.")
        if len(options["delimiter"]) > 1:
            raise CommandError("The delimiter is one sign.")
        path, meant = Path(options["file"]), countries(options["country"])
        try:
            content = path.read_bytes()
            told = {name: options[name] for name in ("encoding", "delimiter")}
            heading = {"yes": True, "no": False}.get(options["heading"])
            parsed = read_anyhow(content, path.name, **told, heading=heading)
            with transaction.atomic():
                job = bring(workspace, parsed, content, by=by, now=timezone.now())
                remap(job.file, mapping(job.file, options["map"]))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except (BadFile, Unusable, LookupError) as error:
            raise CommandError(f"{path.name}: {error}") from error
        terms = Terms(options["match_by"], options["on_match"], options["source_note"].strip()[:300])
        job = work_off(start_check(job, terms, now=timezone.now()))
        return self.named(job, meant) if meant else job

    def named(self, job: Import, meant: dict[str, str]) -> Import:
        if missing := absent(job, meant):
            discard_import(job)
            raise CommandError(
                f"No column that is read as a country has “{'”, “'.join(missing)}”. Nothing is imported."
            )
        name_countries(job, meant, now=timezone.now())
        job.refresh_from_db()
        return work_off(job)

    def take_back(self, workspace: Workspace, by: User, pk: UUID) -> Import:
        job = Import.objects.of(workspace).filter(pk=pk).first()
        if job is None:
            raise CommandError(f"There is no import {pk} in {workspace.name}.")
        try:
            return work_off(undo_import(job, by=by, now=timezone.now()))
        except REFUSALS as refusal:
            raise CommandError(str(refusal)) from refusal

    def tell(self, job: Import, options: dict[str, Any]) -> None:
        bad = [
            {"line": row.line, "row": row.why, "cells": {cell.field: cell.why for cell in row.cells}}
            for row in bad_rows(job, BAD_ROWS)
        ]
        found = strange_countries(job)
        strange = {each.text: {"rows": each.rows, "likely": each.likely} for each in found[:MOST]}
        told = {
            "import": str(job.pk),
            "step": job.step,
            "counts": job.counts,
            "errors": bad,
            "strange_countries": strange,
            "more_strange_countries": len(found[MOST:]),
        }
        words = ", ".join(f"{number:,} {key.replace('_', ' ')}" for key, number in job.counts.items()) or "no rows"
        lines = [f"{job.name}: {job.get_step_display().lower()}. {words}. Import {job.pk}."]
        lines += [f"Line {each['line']}: {each['row'] or each['cells']}" for each in bad]
        lines += [f"Country “{text}” in {each['rows']:,} rows is not understood." for text, each in strange.items()]
        lines += [f"Countries that are not understood besides: {len(found[MOST:]):,}."] * (len(found) > MOST)
        self.put(told, options, "\n".join(lines))


def countries(chosen: list[str]) -> dict[str, str]:
    """The name of the country that each text of the file means: "Sweeden=Sweden"."""
    found: dict[str, str] = {}
    for each in chosen:
        text, _, said = (part.strip() for part in each.rpartition("="))
        if not (text and said):
            raise CommandError(f"“{each}” does not say what means what: write TEXT=COUNTRY, such as “Sweeden=Sweden”.")
        if not (code := places.country_code(said)):
            raise CommandError(f"“{said}” is no country that we know.")
        if not is_strange(text):
            raise CommandError(f"“{text}” is understood as it stands: only what is not can be said.")
        if found.setdefault(text, places.COUNTRIES[code].name) != places.COUNTRIES[code].name:
            raise CommandError(f"“{text}” cannot mean two countries.")
    return found


def mapping(file: SourceFile | None, chosen: list[str]) -> dict[str, int]:
    """The guess, with what was said: "email=E-Mail" by the column's name, "title=" leaves the field out."""
    if file is None:
        return {}
    found, header = dict(file.mapping), [cell.replace(MARK, " ") for cell in file.header]
    for each in chosen:
        field, _, column = each.partition("=")
        if field not in field_labels():
            raise LookupError(f"There is no field “{field}”. Fields: {', '.join(field_labels())}.")
        if column and column not in header:
            raise LookupError(f"There is no column “{column}”. Columns: {', '.join(header)}.")
        found = {name: place for name, place in found.items() if name != field}
        if column:
            place = header.index(column)
            found = {name: at for name, at in found.items() if at != place} | {field: place}
    return found
