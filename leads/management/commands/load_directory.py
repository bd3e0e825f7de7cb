"""Loads a file of companies or people into the directory, by a ready mapping or one of your own."""

import csv
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils import timezone

from leads.csv_reading import BadFile
from leads.directory import mapping
from leads.directory.importing import ImportReport, import_file
from leads.directory.loading import DirectoryBusy

SHOWN = 20


class Command(BaseCommand):
    help = "Loads a CSV file (or .csv.gz) into the directory; repeated it changes nothing. See docs/directory.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dataset", required=True, help="the data set's name, such as listed-2023")
        parser.add_argument("--map", required=True, help="financedatabase, yc, or a JSON file (docs/directory.md)")
        parser.add_argument("--bad-rows", type=Path, help="write line and reason of each row left out to this CSV file")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, file: Path, dataset: str, **options: Any) -> None:
        started = timezone.now()
        try:
            if options["bad_rows"]:
                options["bad_rows"].open("a").close()  # a load takes long: better to know before
            columns = mapping.read(options["map"])
            with transaction.atomic():
                report = import_file(file, columns, dataset=_name(dataset), now=started)
        except (BadFile, DirectoryBusy, mapping.BadMapping) as fault:
            raise CommandError(str(fault)) from fault
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be written: {error.strerror}.") from error
        seconds = round((timezone.now() - started).total_seconds(), 2)
        if options["bad_rows"]:
            _write(options["bad_rows"], report)
        said = json.dumps(report.to_json() | {"seconds": seconds}) if options["json"] else _words(report, seconds)
        self.stdout.write(said)


def _name(dataset: str) -> str:
    try:
        validate_slug(dataset)
    except ValidationError as error:
        raise CommandError("The data set's name is made of letters, digits, hyphens and underscores.") from error
    if len(dataset) > 60:
        raise CommandError("The data set's name is at most 60 characters long.")
    return dataset


def _words(report: ImportReport, seconds: float) -> str:
    told = [str(row) for row in report.tally.bad_rows[:SHOWN]]
    more = report.tally.bad - len(told)
    rest = [f"... and {more:,} more: --bad-rows FILE lists them."] if more > 0 else []
    return "\n".join([*told, *rest, f"{report.sentence()} {seconds} s."])


def _write(path: Path, report: ImportReport) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("line", "reason"))
        writer.writerows((row.line, row.reason) for row in report.tally.bad_rows)
