"""`manage.py files`: the CSV files of a workspace, and deleting one, as the page does."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from leadengine.management.workspace_command import WorkspaceCommand
from leads.files import FileInUse, delete_file
from leads.models import SourceFile


class Command(WorkspaceCommand):
    help = "List a workspace's files, or delete one that no run reads."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--delete", default="", metavar="ID", help="the file's id, as the list tells it")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        files = SourceFile.objects.of(workspace).order_by("-created_at", "-id")
        if options["delete"]:
            _delete(next((file for file in files if str(file.pk) == options["delete"]), None))
        told = [{"id": str(file.pk), "name": file.name, "rows": file.row_count} for file in files.all()]
        lines = [f"{each['id']}  {each['name']} ({each['rows']:,} rows)" for each in told]
        self.put({"files": told}, options, "\n".join(lines) or "No files.")


def _delete(file: SourceFile | None) -> None:
    if file is None:
        raise CommandError("There is no such file in this workspace.")
    try:
        delete_file(file)
    except FileInUse as reason:
        raise CommandError(str(reason)) from reason
