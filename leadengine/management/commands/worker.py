"""`manage.py worker`: works off runs until it is told to stop; any number of them on any number of machines."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand

from leadengine.workflows.supervising import Supervisor


class Command(BaseCommand):
    help = "Work off what is queued: a django-q cluster under a supervisor. Stops cleanly on SIGTERM and Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        supervisor = Supervisor()
        signal.signal(signal.SIGTERM, supervisor.stop)
        signal.signal(signal.SIGINT, supervisor.stop)
        supervisor.run()
