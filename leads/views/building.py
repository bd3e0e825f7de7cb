"""What the builder's page and its estimate show: one context for both, so that they never differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundWidget
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from billing.pricing import PriceList, UnknownPrice
from leadengine.forms import problems
from leadengine.request import Request
from leadengine.workflows.desk import Desk
from leadengine.workflows.estimating import Estimate, estimate
from leadengine.workflows.loosening import NEW_ONLY, TITLES, Loosening
from leads.criteria.terms import LABELS
from leads.forms.builder import BuilderForm
from leads.forms.layout import cards
from leads.forms.option_counts import option_counts
from leads.forms.prefill import short
from leads.models import SourceFile
from leads.providers.cards import SANDBOX, Sign, filters_of, limits_of
from leads.sources.connector import Connector
from leads.sources.registry import SOURCES
from leads.views.reading import reading_of
from leads.views.starting import starts
from leads.word_lists import join, split

FILES_OFFERED = 50
# What an estimate does not ask with: what it puts into the form itself, and what is secret.
UNSENT = (
    "csrfmiddlewaretoken",
    "said",
    "named",
    "upload",
    "request_key",
    "shown_at_most",
    "shown_test",
    "shown_search",
)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as it can be ticked; `price` per lead in words; `judged` are the filters that the engine applies itself.

    `reach` is what it returns. Of one on the network: its provider's `sign` (None: asked for once the page is there),
    what the provider charges, the criteria that it `filters` by itself, and the musts that it `cannot` honour.
    """

    box: BoundWidget
    name: str
    title: str
    freshness: str
    price: str
    judged: tuple[str, ...]
    cannot: tuple[str, ...] = ()
    sign: Sign | None = None
    reach: str = ""
    cost: str = ""
    is_networked: bool = False
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WayOut:
    """A link to the same search with one thing changed."""

    label: str
    url: str
    matches: str = ""
    note: str = ""


def desk_of(request: Request) -> Desk:
    """What the quotes of the request stand on, with the files that the builder offers."""
    files = SourceFile.objects.of(request.workspace).order_by("-created_at", "-id")
    return Desk(request.workspace, timezone.now(), tuple(files[:FILES_OFFERED]))


def bound(request: Request, data: QueryDict, desk: Desk) -> BuilderForm:
    """The builder's form over `data`, with the files of the workspace."""
    form = BuilderForm(data, files=desk.files)
    form.is_valid()
    form.counts = option_counts(form.criteria, includes_samples=request.workspace.is_sample)
    for name, counted in form.counts.items():
        form.fields[name].widget.counts = counted
    return form


def page(request: Request, form: BuilderForm, desk: Desk, *, status: int = 200) -> HttpResponse:
    """The whole builder."""
    context = estimate_context(request, form, desk) | {
        "cards": cards(form),
        "sources": _source_lines(form, desk),
        "needs_ideal": not desk.profile.ideal,
        "unsent": ",".join(UNSENT),
        "is_prefilled": request.method != "POST" and not request.GET and not form.criteria.is_empty,
    }
    context |= starts(request)
    return render(request, "leads/search_new.html", context, status=status)


def estimate_context(request: Request, form: BuilderForm, desk: Desk) -> dict[str, Any]:
    """What `_estimate.html` shows, on the page and alone."""
    brief = form.brief()
    found = estimate(request.workspace, brief, by=request.user, now=desk.now, desk=desk)
    query = short(form.query)
    return {
        "form": form,
        "estimate": found,
        "problems": problems(form),
        "can_start": is_sound(form) and found.can_start,
        "can_test": is_sound(form) and found.can_test,
        "lower": _lower(query, found),
        "loosen": [_loosen(query, way) for way in found.loosenings],
        "url": url_of(query),
        "request_key": uuid4().hex,
        "shown_search": brief.fingerprint,
        "reading": reading_of(form.query, form.criteria),
    }


def is_sound(form: BuilderForm) -> bool:
    """Whether all that a run is made of is understood; a refusal at the last try, or a missing name, is no obstacle."""
    return not form.errors.keys() - {NON_FIELD_ERRORS, "name"}


def url_of(query: QueryDict) -> str:
    return f"{reverse('leads:search-new')}?{query.urlencode()}"


def _lower(query: QueryDict, found: Estimate) -> WayOut | None:
    if not found.affordable:
        return None
    fewer = query.copy()
    fewer["most_leads"] = str(found.affordable)
    return WayOut(f"Lower to {found.affordable:,} {'lead' if found.affordable == 1 else 'leads'}", url_of(fewer))


def _loosen(query: QueryDict, way: Loosening) -> WayOut:
    looser = query.copy()
    if way.key == TITLES:
        looser["titles"] = join((*split(looser.get("titles", "")), *way.titles))
        return WayOut(way.said, url_of(looser), str(way.matches))
    if way.key == NEW_ONLY:
        looser.pop("new_only", None)
        return WayOut(way.said, url_of(looser), str(way.matches), way.note)
    is_flag = f"{way.key}_level" not in BuilderForm.base_fields
    looser[way.key if is_flag else f"{way.key}_level"] = "nice"
    looser.pop(f"{way.key}_none", None)
    return WayOut(way.said, url_of(looser), str(way.matches))


def _source_lines(form: BuilderForm, desk: Desk) -> list[SourceLine]:
    return [_source_line(form, box, desk) for box in form["sources"]]


def _source_line(form: BuilderForm, box: BoundWidget, desk: Desk) -> SourceLine:
    source = SOURCES[str(box.data["value"])]
    price = _price(desk.prices, source.name)
    known = (box, source.name, source.title, source.freshness, price)
    if not isinstance(source, Connector):
        judged = tuple(LABELS[name] for name in source.unsupported(form.criteria))
        return SourceLine(*known, judged, reach=source.reach)
    sign = SANDBOX if desk.is_sandboxed else None
    limits, filters = limits_of(source, form.criteria), filters_of(source)
    return SourceLine(*known, *limits, sign, source.reach, source.cost, is_networked=True, filters=filters)


def _price(price_list: PriceList, source: str) -> str:
    try:
        amount = price_list.of("delivery", source)
    except UnknownPrice:
        return "no price yet"
    return f"{amount.normalize():f} {'credit' if amount == 1 else 'credits'} a lead" if amount else "free"
