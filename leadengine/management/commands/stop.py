"""Stops what `make run` started, and the embedded database."""

import os
import signal
import time
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from leadengine import localdb, supervision

SECONDS = 40


class Command(BaseCommand):
    help = "Stops the web server, the worker and the embedded database of this folder."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if process := supervision.running_process(settings.HOME):
            os.kill(process, signal.SIGTERM)
            self._wait(process)
            self.stdout.write("LeadEngine was stopped.")
        else:
            self.stdout.write("LeadEngine was not running.")
        if settings.EMBEDDED and localdb.stop(settings.HOME):
            self.stdout.write("The database was stopped.")

    def _wait(self, process: int) -> None:
        end = time.monotonic() + SECONDS
        while supervision.running_process(settings.HOME):
            if time.monotonic() > end:
                raise CommandError(f"Process {process} does not end; `kill -9 {process}` would, then run this again.")
            time.sleep(0.1)
