"""Loads the sample workspace and the sample directory."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from leadengine import signins
from leadengine.workflows.sample import load_sample


class Command(BaseCommand):
    help = "Makes the workspace `sample` with three sign-ins, 500 credits and a directory of invented companies."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--companies", type=int, default=settings.SAMPLE_COMPANIES)
        parser.add_argument("--people", type=int, default=settings.SAMPLE_PEOPLE)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--json", action="store_true", help="Print one JSON object, with the sign-ins.")

    def handle(self, *args: Any, **options: Any) -> None:
        size = {name: options[name] for name in ("companies", "people", "seed")}
        if size["companies"] < 0 or size["people"] < 0:
            raise CommandError("A number of records cannot be negative.")
        report = load_sample(signins.read_or_create(settings.HOME), **size, now=timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps(report.to_json()))
            return
        done = "Made" if report.is_new else "Found"
        self.stdout.write(
            f"{done} the workspace {report.workspace}: {report.credits} credits, "
            f"a directory of {report.companies} companies and {report.people} people."
        )
