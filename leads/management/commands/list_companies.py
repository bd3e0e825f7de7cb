"""Lists the companies of a workspace by the same filters and orders as the page."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.http import HttpRequest, QueryDict

from leadengine.management.workspace_command import WorkspaceCommand
from leads import company_listing
from leads.company_filter import CompanyFilter
from leads.company_listing import CompanyRow
from leads.models import Company

FILTERS = ("q", "industry", "country", "size", "technology", "relation")


class Command(WorkspaceCommand):
    help = "Lists companies with people, best grade and newest signal."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        for name in FILTERS:
            parser.add_argument(f"--{name}", default="")
        parser.add_argument("--signal", action="store_true", help="only those with a signal")
        parser.add_argument("--sort", choices=company_listing.SORTS, default=company_listing.SORTS[0])
        parser.add_argument("--limit", type=int, default=50)

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        found = self.filtered(workspace, options)
        ids = list(company_listing.ordered(found, options["sort"])[: max(options["limit"], 0)])
        rows = [as_json(row) for row in company_listing.rows(workspace, ids)]
        data = {"workspace": workspace.slug, "count": found.count(), "companies": rows}
        self.put(data, options, "\n".join(map(line, rows)) or "No companies.")

    def filtered(self, workspace: Any, options: dict[str, Any]) -> Any:
        request: Any = HttpRequest()
        request.workspace = workspace
        query = QueryDict(mutable=True)
        query.update({name: options[name] for name in FILTERS} | ({"signal": "on"} if options["signal"] else {}))
        asked = CompanyFilter(query, queryset=Company.objects.of(workspace), request=request)
        if not asked.is_valid():
            raise CommandError(" ".join(f"{name}: {errors[0]}" for name, errors in asked.errors.items()))
        return asked.qs


def as_json(row: CompanyRow) -> dict[str, Any]:
    company = row.company
    return {
        "id": str(company.pk),
        "name": company.name,
        "domain": company.domain,
        "industry": company.industry,
        "country": company.country,
        "city": company.city,
        "relation": company.relation,
        "people": row.people,
        "grade": row.best.score.grade if row.best else "",
        "score": row.best.score.total if row.best else None,
        "signals": row.signals,
        "newest_signal_on": row.newest.observed_on.isoformat() if row.newest else None,
    }


def line(row: dict[str, Any]) -> str:
    graded = f"{row['grade']} {row['score']}" if row["grade"] else "-"
    return f"{row['name']:<40} {row['domain']:<32} {graded:<6} {row['people']:>4} known  {row['relation']}"
