"""Asks one source as a run would, and prints what it answers: to try criteria, mappings and connectors."""

import json
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leadengine.management.workspace_command import json_argument
from leads.criteria import Criteria, InvalidCriteria
from leads.models import SourceFile
from leads.sources.base import Page, SearchRequest, Source, SourceError
from leads.sources.registry import SOURCES, UnknownSource, get


class Command(BaseCommand):
    help = "Asks one source for candidates: its count, the first of them, and where it would go on. Changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help=", ".join(SOURCES))
        parser.add_argument("--criteria", default="{}", help="criteria as JSON, or the name of a file that holds it")
        parser.add_argument("--file", type=UUID, help="the uploaded file that the source “file” reads")
        parser.add_argument("--limit", type=int, default=10, help="the most candidates, over as many pages as it takes")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, source: str, limit: int, **options: Any) -> None:
        try:
            asked, request = get(source), _request(options)
            count, pages = asked.count(request), _pages(asked, request, limit)
        except (UnknownSource, InvalidCriteria, SourceError) as error:
            raise CommandError(str(error)) from error
        found = [each for page in pages for each in page.candidates]
        answer = {
            "source": asked.name,
            "count": count.value,
            "is_capped": count.is_capped,
            "unsupported": list(asked.unsupported(request.criteria)),
            "pages": len(pages),
            "next_cursor": pages[-1].next_cursor if pages else {},
            "candidates": [each.to_json() for each in found],
            "faults": [[fault.label, fault.reason] for page in pages for fault in page.faults],
        }
        words = [f"{asked.title}: {count} match."]
        words += [", ".join(filter(None, (each.name, each.title, each.company.name, each.email))) for each in found]
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else "\n".join(words))


def _request(options: dict[str, Any]) -> SearchRequest:
    """Asks for no workspace but the file's: of new and known, real and invented alike."""
    file = SourceFile.objects.filter(pk=options["file"]).first() if options["file"] else None
    return SearchRequest(
        criteria=Criteria.from_json(json_argument(options["criteria"])),
        workspace_id=file.workspace_id if file else 0,
        new_only=False,
        now=timezone.now(),
        file_id=options["file"],
        includes_samples=True,
    )


def _pages(source: Source, request: SearchRequest, limit: int) -> list[Page]:
    pages: list[Page] = []
    cursor: dict[str, Any] | None = {}
    while cursor is not None and limit > 0:
        page = source.search(request, cursor, min(limit, source.batch))
        pages.append(page)
        limit -= len(page.candidates) + len(page.faults)
        cursor = page.next_cursor
    return pages
