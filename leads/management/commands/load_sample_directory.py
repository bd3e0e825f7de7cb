"""Loads the invented sample directory: two overlapping data sets of companies and people, the same for the same seed."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leads.directory.loading import DirectoryBusy, LoadReport
from leads.sample import load_sample_directory


class Command(BaseCommand):
    help = "Loads the invented sample directory; repeated on the same day it changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--companies", type=int, default=5_000)
        parser.add_argument("--people", type=int, default=20_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, companies: int, people: int, seed: int, **options: Any) -> None:
        if companies < 0 or people < 0:
            raise CommandError("A number of records cannot be negative.")
        try:
            reports = load_sample_directory(companies, people, seed, now=timezone.now())
        except DirectoryBusy as busy:
            raise CommandError(str(busy)) from busy
        self.stdout.write(as_json(reports) if options["json"] else "\n".join(report.sentence() for report in reports))


def as_json(reports: list[LoadReport]) -> str:
    return json.dumps({report.dataset: report.to_json() for report in reports})
