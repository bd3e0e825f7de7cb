"""What a query may name, read from the database: stages, people, tags, lists, and the runs and imports it mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, Value
from django.utils import timezone

from leadengine.ids import is_uuid
from leads.filters import members
from leads.models import IMPORTED, Import, LeadList, Run, Stage, Tag
from leads.query.scope import Choice, Scope
from leads.query.tokens import tokens
from leads.sources.registry import SOURCES, title

TAG, LIST, IMPORT = "tag", "list", "import"
_RUNS = re.compile(r"run:([\d,]+)", re.IGNORECASE)


def scope_for(
    workspace: Any,
    *,
    user: Any,
    now: datetime,
    text: str = "",
    last_visit: datetime | None = None,
    run: Run | None = None,
) -> Scope:
    """For one person's query `text` in a workspace; three queries, one more where it names a run other than `run`, and
    one where it names an import."""
    groups = _groups(workspace)
    return Scope(
        user_id=user.pk,
        now=timezone.localtime(now),
        last_visit=last_visit,
        stages=_choices(Stage.objects.of(workspace).order_by("position", "id"), "key"),
        people=tuple(Choice(each.email, each.name, each.pk) for each in members(workspace)),
        tags=tuple(choice for kind, choice in groups if kind == TAG),
        lists=tuple(choice for kind, choice in groups if kind == LIST),
        runs=_runs(workspace, text, run),
        imports=_imports(workspace, text),
        sources=(*(Choice(each.name, each.title) for each in SOURCES.values()), Choice(IMPORTED, title(IMPORTED))),
    )


def _groups(workspace: Any) -> list[tuple[str, Choice]]:
    """Tags and lists by name, in one query."""
    tags = Tag.objects.of(workspace).annotate(kind=Value(TAG)).values_list("kind", "name", "pk")
    lists = LeadList.objects.of(workspace).annotate(kind=Value(LIST)).values_list("kind", "name", "pk")
    found = sorted(tags.union(lists, all=True), key=lambda row: (row[1].casefold(), row[2]))
    return [(kind, Choice(name, name, pk)) for kind, name, pk in found]


def _choices(rows: Iterable[Any], key: str) -> tuple[Choice, ...]:
    return tuple(Choice(getattr(each, key), each.name, each.pk) for each in rows)


def _runs(workspace: Any, text: str, known: Run | None) -> tuple[Choice, ...]:
    """The runs that the text mentions by number; without any mention but the known one none is asked for."""
    numbers = {int(number) for found in _RUNS.findall(text) for number in found.split(",") if 0 < len(number) < 10}
    asked = numbers - {known.number} if known else numbers
    at_hand = [known] if known and known.number in numbers else []
    others = Run.objects.of(workspace).filter(number__in=asked) if asked else ()
    found = sorted((*at_hand, *others), key=lambda run: run.number)
    return tuple(Choice(str(run.number), run.name, run.pk) for run in found)


def _imports(workspace: Any, text: str) -> tuple[Choice, ...]:
    """The imports that the text mentions, by their ids or their files, with all others of files of the same name; of these
    the newest first."""
    named = {value for token in tokens(text) if token.key == IMPORT for value in token.values}
    if not named:
        return ()
    mine = Import.objects.of(workspace)
    by_id = mine.filter(pk__in={each for each in named if is_uuid(each)}).values("name")
    found = mine.filter(Q(name__in=named) | Q(name__in=by_id)).order_by("-created_at", "-pk")
    return tuple(Choice(str(job.pk), job.name, job.pk) for job in found)
