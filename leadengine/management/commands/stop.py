"""Stops what `make run` started, and the embedded database."""

import json
import os
import signal
import time
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from leadengine import localdb, supervision

SECONDS = 40


class Command(BaseCommand):
    help = "Stops the web server, the worker and the embedded database of this folder."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        process = supervision.running_process(settings.HOME)
        if process:
            os.kill(process, signal.SIGTERM)
            self._wait(process)
        database = settings.EMBEDDED and localdb.stop(settings.HOME)
        if options["json"]:
            self.stdout.write(json.dumps({"stopped": bool(process), "database_stopped": database}))
            return
        self.stdout.write("LeadEngine was stopped." if process else "LeadEngine was not running.")
        if database:
            self.stdout.write("The database was stopped.")

    def _wait(self, process: int) -> None:
        end = time.monotonic() + SECONDS
        while supervision.running_process(settings.HOME):
            if time.monotonic() > end:
                raise CommandError(f"Process {process} does not end; `kill -9 {process}` would, then run this again.")
            time.sleep(0.1)
