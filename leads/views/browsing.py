"""What a request asks of the list of leads: query, view, order, columns, page and peek; and the URLs that ask for more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse_lazy

from leadengine.charts import GRADES
from leadengine.request import Request
from leads import columns, listing
from leads.forms.query import FilterForm, filtered
from leads.models import Lead, Run, SavedView
from leads.models.lead import LeadQuerySet
from leads.query.conditions import condition
from leads.query.fields import NONE
from leads.query.reading import Problem, Reading, read
from leads.query.scope import Scope
from leads.query.telling import Chip, by_name, chips
from leads.query.terms import LeadQuery
from leads.scoping import scope_for
from leads.visits import Stamp, cookie_name, stamped

COLUMNS_COOKIE, DENSITY_COOKIE = "lead-columns", "lead-density"
OLD_SORTS = {"newest": "added"}
STANDING = (("All", ""), ("A and B", "grade:A+,A,B"), ("New since last visit", "is:new"), ("Mine", "owner:me"))
LIST = reverse_lazy("leads:lead-list")


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    is_current: bool
    view: SavedView | None = None


@dataclass(frozen=True, slots=True)
class GradeChip:
    """`count` is of the leads that meet the other conditions; `url` asks for the grade, or stops asking."""

    grade: str
    count: int
    is_chosen: bool
    url: str


@dataclass
class Browsing:
    """One look at the list by one person. `text` is the query as typed, `reading` what it means.

    `address`: the query string of a look other than the request's own.
    """

    request: Request
    now: datetime
    address: QueryDict | None = None

    def __post_init__(self) -> None:
        own = self.request.GET if self.request.method in ("GET", "HEAD") else self.request.POST
        self.data = own if self.address is None else self.address

    @cached_property
    def stamp(self) -> Stamp:
        name = cookie_name(self.request.workspace.pk, self.request.user.pk)
        return stamped(self.request.COOKIES.get(name, ""), self.now)

    @cached_property
    def views(self) -> list[SavedView]:
        """The saved views this person sees, by name."""
        mine = SavedView.objects.of(self.request.workspace).visible_to(self.request.user)
        return list(mine.select_related("owner").order_by("name", "pk"))

    @cached_property
    def view(self) -> SavedView | None:
        """The saved view that the address names; without a name none is looked for."""
        named = self.data.get("view", "")
        return next((each for each in self.views if str(each.pk) == named), None) if named else None

    @cached_property
    def typed(self) -> str:
        return self.data.get("q", self.view.query if self.view else "")

    @cached_property
    def scope(self) -> Scope:
        text = f"{self.typed} run:{self.run_number}"
        request, last, run = self.request, self.stamp.before, self.run
        return scope_for(request.workspace, user=request.user, now=self.now, text=text, last_visit=last, run=run)

    @cached_property
    def reading(self) -> Reading:
        """Beside its text, a query may stand in the address field by field; in a form those fields mean something else."""
        typed = read(self.typed, self.scope)
        if self.data is self.request.POST:
            return typed
        data = self.data.copy()
        if "run" in data:
            data["run"] = self.run_number
        query, problems = filtered(typed.query, data, self.scope)
        return Reading(query, (*typed.problems, *problems))

    @cached_property
    def run(self) -> Run | None:
        """The run that the address asks for beside the text by its id, as other pages do."""
        try:
            return Run.objects.of(self.request.workspace).filter(pk=UUID(self.data.get("run", ""))).first()
        except ValueError:
            return None

    @property
    def run_number(self) -> str:
        """The same by its number, as people write it."""
        return str(self.run.number) if self.run else self.data.get("run", "")

    @property
    def query(self) -> LeadQuery:
        return self.reading.query

    @cached_property
    def text(self) -> str:
        """The query in canonical form, wrong parts kept."""
        wrong = [problem.raw for problem in self.reading.problems if problem.raw]
        return " ".join(filter(None, (self.query.text, *wrong)))

    @property
    def boxed(self) -> str:
        """The same as it stands in the search box, with files by their names."""
        return self.text.replace(self.query.text, by_name(self.query, self.scope), 1)

    @cached_property
    def mine(self) -> LeadQuerySet:
        return Lead.objects.of(self.request.workspace).living()

    def matching(self, query: LeadQuery) -> LeadQuerySet:
        return self.mine.filter(condition(query, self.scope))

    @cached_property
    def counts(self) -> listing.Counts:
        others = LeadQuery(tuple(term for term in self.query.terms if term.field != "grade"))
        return listing.count(self.matching(others), self.query)

    @cached_property
    def sort(self) -> str:
        asked = self.data.get("sort") or (self.view.sort if self.view else "")
        asked = OLD_SORTS.get(asked, asked)
        return asked if asked in listing.SORTS else listing.BEST_FIRST

    def ids(self, most: int) -> list[UUID]:
        """The first leads of the list, in its order."""
        ordered: list[UUID] = listing.Ordered(self.matching(self.query), self.sort, self.counts)[0:most]
        return ordered

    @cached_property
    def page(self) -> Any:
        return listing.page_of(self.matching(self.query), self.sort, self.data.get("page"), self.counts)

    @cached_property
    def column_keys(self) -> tuple[str, ...]:
        own = self.request.COOKIES.get(COLUMNS_COOKIE, "").split(".")
        return columns.known(self.view.columns if self.view and self.view.columns else own)

    @property
    def shown_columns(self) -> list[columns.Column]:
        return columns.shown(self.column_keys)

    @property
    def all_columns(self) -> list[tuple[columns.Column, bool]]:
        """Those that are shown, in their order, then the others; each with whether it is shown."""
        return [(each, True) for each in self.shown_columns] + [
            (each, False) for each in columns.ALL if each.key not in self.column_keys
        ]

    @property
    def is_compact(self) -> bool:
        """As chosen for this list; before that, as the person likes all pages, where that can be set."""
        liked = getattr(self.request.user, "density", "")
        return (self.request.COOKIES.get(DENSITY_COOKIE) or liked) == "compact"

    @cached_property
    def chips(self) -> list[Chip]:
        return chips(self.query, self.scope)

    @cached_property
    def filter_form(self) -> FilterForm:
        return FilterForm(self.query, self.scope)

    @property
    def problems(self) -> list[tuple[Problem, str]]:
        """What was not understood, each with the text that puts it right."""
        return [(each, self.text.replace(each.raw, each.instead, 1)) for each in self.reading.problems]

    @cached_property
    def state(self) -> dict[str, Any]:
        """The query string that shows this look again."""
        default = self.view.sort or listing.BEST_FIRST if self.view else listing.BEST_FIRST
        return {
            "view": self.view.pk if self.view else None,
            "q": self.text,
            "sort": None if self.sort == default else self.sort,
            "page": self.data.get("page"),
            "peek": self.data.get("peek"),
        }

    def url(self, *, path: str = "", **changes: Any) -> str:
        """The list as it is but for the changes; another query or order begins at its first page."""
        restart = {} if changes.keys() <= {"page", "peek"} else {"page": None}
        state = {**self.state, **restart, **changes}
        saved = self.view.query if self.view and state["view"] else ""
        kept = {name: value for name, value in state.items() if value not in (None, "") and name != "q"}
        if state["q"] != saved:
            kept["q"] = state["q"]
        return f"{path or LIST}{'?' if kept else ''}{urlencode(kept)}"

    @cached_property
    def tabs(self) -> list[Tab]:
        standing = [
            Tab(label, self.url(view=None, q=text, sort=None), not self.view and self.query.text == text)
            for label, text in STANDING
        ]
        saved = [Tab(each.name, f"{LIST}?view={each.pk}", each == self.view, each) for each in self.views]
        return standing + saved

    @cached_property
    def grades(self) -> list[GradeChip]:
        asked = self.query.values("grade")
        return [
            GradeChip(grade, self.counts.by_grade.get(grade, 0), grade in asked, self.url(q=self._with(grade, asked)))
            for grade in GRADES
        ]

    def _with(self, grade: str, asked: tuple[str, ...]) -> str:
        wanted = set(asked) ^ {grade}
        return self.query.setting("grade", tuple(each for each in (*GRADES, NONE) if each in wanted)).text

    @property
    def can_change_view(self) -> bool:
        """One's own view; a manager also changes what others share."""
        return bool(self.view and (self.view.owner_id == self.request.user.pk or self.request.membership.is_manager))

    @property
    def is_changed_view(self) -> bool:
        """Whether the saved view is shown otherwise than it was saved."""
        view = self.view
        return bool(view and (view.query, view.sort or listing.BEST_FIRST) != (self.text, self.sort))
