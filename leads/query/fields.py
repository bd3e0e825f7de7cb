"""The qualifiers of the query language: how each reads a value, says it, and what it suggests; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from leadengine.charts import GRADES
from leads.models import EmailStatus, Outcome, SignalKind
from leads.query import ranges
from leads.query.scope import Choice, Scope, find, near
from leads.query.terms import WORDS
from leads.vocabulary import industries, places, technologies, titles

ME, NONE, ANY = "me", "none", "any"
NOBODY = Choice(NONE, "Nobody")
PRESENT = (Choice("yes", "Known"), Choice("no", "Not known"))


@dataclass(frozen=True, slots=True)
class Field:
    """`read` answers the canonical value or None; `show` says a canonical value in words; `near` what may be meant."""

    name: str
    label: str
    read: Callable[[str, Scope], str | None]
    show: Callable[[str, Scope], str]
    near: Callable[[str, Scope], list[str]]


def of_choices(name: str, label: str, choices: Callable[[Scope], Iterable[Choice]]) -> Field:
    """A field with a known set of values."""

    def read(text: str, scope: Scope) -> str | None:
        found = find(choices(scope), text)
        return found.key if found else None

    def show(value: str, scope: Scope) -> str:
        found = find(choices(scope), value)
        return found.label if found else value

    return Field(name, label, read, show, lambda text, scope: near(choices(scope), text))


def of_text(name: str, label: str, read: Callable[[str], str] = str) -> Field:
    """A field that takes any text."""
    return Field(name, label, lambda text, _: read(text) or None, lambda value, _: f"“{value}”", lambda *_: [])


def of_numbers(name: str, label: str, examples: list[str]) -> Field:
    def read(text: str, _: Scope) -> str | None:
        bounds = ranges.numbers(text)
        return ranges.write_numbers(*bounds) if bounds else None

    return Field(name, label, read, lambda value, _: _said(value), lambda *_: examples)


def _said(value: str) -> str:
    return value.replace(">=", "at least ").replace("<=", "at most ").replace("-", "–")


def _said_age(value: str, _: Scope) -> str:
    if value[-1] in ranges.UNITS:
        return (
            f"{'in the last' if value[0] == '<' else 'more than'} {value[1:-1]} {value[-1]}{' ago' * (value[0] == '>')}"
        )
    return value.replace(">=", "since ").replace("<=", "until ").replace("..", " to ")


def _place(text: str, _: Scope) -> str | None:
    """Written as its label ("Berlin, Germany"), or as the term where that would be read as another place."""
    term = places.normalise(text)
    label = places.label(term) if term else ""
    return (label if places.normalise(label) == term else term) or None


def _industry(text: str, _: Scope) -> str | None:
    if text.casefold() == NONE:
        return NONE
    found = industries.find(text)
    return found.code if found else None


def _country(text: str, _: Scope) -> str | None:
    return places.country_code(text).lower() or None


def _countries_near(text: str, scope: Scope) -> list[str]:
    return near((Choice(code.lower(), country.name) for code, country in places.COUNTRIES.items()), text)


def _labelled(labels: Mapping[str, str]) -> tuple[Choice, ...]:
    return (*(Choice(code, label) for code, label in labels.items()), Choice(NONE, "Not known"))


GRADE_CHOICES = (*(Choice(grade, grade) for grade in GRADES), Choice(NONE, "Not graded"))
SENIORITY_CHOICES = _labelled(titles.SENIORITIES)
DEPARTMENT_CHOICES = _labelled(titles.DEPARTMENTS)
EMAIL_CHOICES = (*(Choice(value, label) for value, label in EmailStatus.choices), *PRESENT)
PHONE_CHOICES = (*PRESENT, Choice("valid", "Valid"))
SIGNAL_CHOICES = (*(Choice(value, label) for value, label in SignalKind.choices), Choice(ANY, "Any"))
OUTCOME_CHOICES = (Choice("open", "Open"), *(Choice(value, label) for value, label in Outcome.choices))
IS_CHOICES = (
    Choice("new", "New since last visit"),
    Choice("untouched", "Not touched yet"),
    Choice("waiting", "Nobody has begun"),  # as untouched, but that it may have been given to somebody
    Choice("blocked", "Do not contact"),
)


def stage_choices(scope: Scope) -> tuple[Choice, ...]:
    return (*scope.stages, Choice(NONE, "No stage"))


def owner_choices(scope: Scope) -> tuple[Choice, ...]:
    return (Choice(ME, "Me", scope.user_id), NOBODY, *scope.people)


ALL = (
    of_text(WORDS, "Words"),
    of_choices("grade", "Grade", lambda _: GRADE_CHOICES),
    of_numbers("score", "Score", [">=70", "50-80"]),
    Field(
        "industry",
        "Industry",
        _industry,
        lambda value, _: "Not known" if value == NONE else industries.label(value),
        lambda text, _: [each.code for each in industries.suggest(text, 3)],
    ),
    Field(
        "place",
        "Place",
        _place,
        lambda value, _: places.label(places.normalise(value)),
        lambda text, _: places.suggest(text),
    ),
    Field("country", "Country", _country, lambda value, _: places.label(value.upper()), _countries_near),
    of_numbers("size", "Employees", ["50-200", ">=1000"]),
    of_text("company", "Company"),
    of_text("technology", "Technology", technologies.canonical),
    of_text("title", "Title"),
    of_choices("seniority", "Seniority", lambda _: SENIORITY_CHOICES),
    of_choices("department", "Department", lambda _: DEPARTMENT_CHOICES),
    of_choices("email", "E-mail", lambda _: EMAIL_CHOICES),
    of_choices("phone", "Phone", lambda _: PHONE_CHOICES),
    of_choices("signal", "Signal", lambda _: SIGNAL_CHOICES),
    of_choices("stage", "Stage", stage_choices),
    of_choices("outcome", "Outcome", lambda _: OUTCOME_CHOICES),
    of_choices("owner", "Owner", owner_choices),
    of_choices("tag", "Tag", lambda scope: scope.tags),
    of_choices("list", "List", lambda scope: scope.lists),
    of_choices("source", "Source", lambda scope: scope.sources),
    of_choices("run", "Run", lambda scope: scope.runs),
    of_choices("import", "Import", lambda scope: scope.imports),
    Field("added", "Added", lambda text, _: ranges.read_age(text), _said_age, lambda *_: ["<30d", ">=2026-01-31"]),
    of_choices("is", "Only", lambda _: IS_CHOICES),
)
FIELDS: dict[str, Field] = {field.name: field for field in ALL}
# One of each, as the page of leads shows them to whoever wants to type.
EXAMPLES = (
    "grade:A+,A",
    "score:>=70",
    "industry:banking",
    "place:berlin",
    "country:de",
    "size:50-200",
    "company:northwind",
    "technology:aws",
    'title:"head of"',
    "seniority:director",
    "department:it",
    "email:deliverable",
    "phone:yes",
    "signal:hiring",
    "stage:new",
    "outcome:won",
    "owner:me",
    "tag:vip",
    'list:"Q3"',
    "source:directory",
    "run:7",
    "import:contacts.csv",
    "added:<30d",
    "is:new",
    "is:untouched",
    "-agency",
)
ALIASES = {
    "city": "place",
    "location": "place",
    "employees": "size",
    "dept": "department",
    "e-mail": "email",
    "tel": "phone",
    "tech": "technology",
    "level": "seniority",
}
