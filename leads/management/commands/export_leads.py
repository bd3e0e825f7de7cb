"""Writes the leads that match a query to a CSV file, without those who must not be contacted, and records that."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from leadengine.workflows.exporting import export_leads
from leads.exporting import PURPOSES
from leads.management.browsing_command import BrowsingCommand


class Command(BrowsingCommand):
    help = "Exports leads. The file holds personal data; the audit keeps who exported how many, and when."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--purpose", choices=[*PURPOSES], default="spreadsheet")
        parser.add_argument(
            "--to", required=True, metavar="FILE", help="where to write it; an existing file is refused"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        found = self.matching(options)
        made = export_leads(
            found.leads,
            options["purpose"],
            workspace=found.workspace,
            query=found.query,
            by=found.by,
            now=found.now,
        )
        try:
            with made.file, Path(options["to"]).open("xb") as file:
                shutil.copyfileobj(made.file, file)
        except OSError as error:
            raise CommandError(f"Cannot write {options['to']}: {error.strerror}.") from error
        data = {"file": options["to"], "exported": made.exported, "left_out": made.left_out}
        self.put(data, options, f"{made.exported:,} leads in {options['to']}; left out: {made.left_out:,}.")
