"""What a source returns: one person at one company (or a company alone), as the source knows them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from leads import bounds
from leads.letter_case import cased_company

SAMPLE = ("is_sample", "true")  # the pair of `extra` by which a source says that a record is invented
UNBOUGHT = (
    "unbought"  # name of the pair that marks half of a record whose rest is still to be bought (leads/unbought.py)
)
CONSENT = "consent"  # name of the pair that says what somebody consented to when sending in a form
PROMISED = "promised"  # name of the pairs that say by which criteria a provider was asked for those alone who meet them
SIGNAL_KINDS = (
    "hiring",
    "funding",
    "growth",
    "shrinking",
    "new_in_role",
    "expansion",
    "technology",
    "news",
    "connected",
)
LONGEST_DETAIL = 200
PERSONAL_SIGNALS = frozenset({"new_in_role", "connected"})  # of the person, not of the company


@dataclass(frozen=True, slots=True)
class Signal:
    """A dated sign that a purchase is more (or less) likely; `kind` is one of SIGNAL_KINDS."""

    kind: str
    observed_on: date | None = None
    detail: str = ""
    url: str = ""

    @property
    def identity(self) -> tuple[str, date | None, str]:
        """What makes two of them one and the same, wherever they were read: kind, day and words as they are kept."""
        return self.kind, self.observed_on, self.detail[:LONGEST_DETAIL]

    def to_json(self) -> dict[str, Any]:
        observed_on = self.observed_on.isoformat() if self.observed_on else None
        return {"kind": self.kind, "observed_on": observed_on, "detail": self.detail, "url": self.url}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Signal":
        observed_on = data.get("observed_on")
        return cls(**{**data, "observed_on": date.fromisoformat(observed_on) if observed_on else None})


def united_signals(signals: Iterable[Signal]) -> tuple[Signal, ...]:
    """Of those that are one and the same the first."""
    first: dict[tuple[str, date | None, str], Signal] = {}
    for signal in signals:
        first.setdefault(signal.identity, signal)
    return tuple(first.values())


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """A company as one source describes it; empty text, None and () mean "not known".

    `country` is ISO 3166 alpha-2, `industry` a code of leads.vocabulary.industries, `industry_raw` the source's own
    words, `employees_min` and `employees_max` a head count or a band (max None with a min: open-ended), `revenue_usd`
    per year, `registry_ids` pairs such as ("lei", "5299...") or ("crunchbase", "acme").
    """

    name: str = ""
    domain: str = ""
    country: str = ""
    region: str = ""
    city: str = ""
    industry: str = ""
    industry_raw: str = ""
    employees_min: int | None = None
    employees_max: int | None = None
    revenue_usd: int | None = None
    founded_year: int | None = None
    funding_stage: str = ""
    technologies: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    description: str = ""
    phone: str = ""
    linkedin_url: str = ""
    registry_ids: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Whoever makes it: a value that we cannot keep is not known, a name that shouts is written."""
        bounds.set_storable(self, COMPANY_TEXTS)
        fits = {
            "name": cased_company(self.name),
            "country": bounds.country(self.country),
            "employees_min": bounds.within(self.employees_min, 0, bounds.MOST_EMPLOYEES),
            "employees_max": bounds.within(self.employees_max, 0, bounds.MOST_EMPLOYEES),
            "revenue_usd": bounds.within(self.revenue_usd, -bounds.MOST_REVENUE, bounds.MOST_REVENUE),
            "founded_year": bounds.within(self.founded_year, *bounds.YEARS),
            "technologies": tuple(bounds.storable(name)[:60] for name in self.technologies),
            "keywords": tuple(bounds.storable(word)[:80] for word in self.keywords),
            "registry_ids": tuple(filter(_is_identity, self.registry_ids)),
        }
        for name, value in fits.items():
            object.__setattr__(self, name, value)

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {item.name: getattr(self, item.name) for item in fields(self)}
        data |= {"technologies": list(self.technologies), "keywords": list(self.keywords)}
        return data | {"registry_ids": [list(pair) for pair in self.registry_ids]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "CompanyFacts":
        data = dict(data)
        for name in ("technologies", "keywords"):
            data[name] = tuple(data.get(name, ()))
        data["registry_ids"] = tuple((kind, value) for kind, value in data.get("registry_ids", ()))
        return cls(**data)


def _is_identity(pair: tuple[str, str]) -> bool:
    """Whether it is short enough to identify a company; half a number would be another company's."""
    kind, value = pair
    return len(kind) + 1 + len(value) <= bounds.LONGEST_IDENTITY and bounds.storable(value) == value


COMPANY_TEXTS = (
    "name",
    "domain",
    "region",
    "city",
    "industry",
    "industry_raw",
    "funding_stage",
    "description",
    "phone",
    "linkedin_url",
)
TEXTS = (
    "record_id",
    "full_name",
    "first_name",
    "last_name",
    "title",
    "email",
    "phone",
    "linkedin_url",
    "region",
    "city",
    "evidence_url",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One record of a source, translated but not judged; empty text and None mean "not known".

    `country`, `region` and `city` are where the *person* is. `confidence` (0..1) is how sure the source is of the
    record, `likelihood` (0..1) how sure a provider is that it matched what was asked; None where it does not say.
    `extra` holds pairs that only this source has, such as a customer's own columns.
    """

    source: str
    record_id: str
    full_name: str = ""
    first_name: str = ""
    last_name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    linkedin_url: str = ""
    country: str = ""
    region: str = ""
    city: str = ""
    company: CompanyFacts = field(default_factory=CompanyFacts)
    signals: tuple[Signal, ...] = ()
    evidence_url: str = ""
    observed_at: datetime | None = None
    confidence: float = 0.5
    likelihood: float | None = None
    extra: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Whoever makes it: texts that the database can keep, and a country or none."""
        bounds.set_storable(self, TEXTS)
        object.__setattr__(self, "country", bounds.country(self.country))

    @property
    def is_person(self) -> bool:
        """False for a record that names a company only."""
        return bool(self.name or self.linkedin_url or self.title)

    def dated_signals(self, asked_on: date | None = None) -> tuple[Signal, ...]:
        """Each of its signals once, on its own day, or that of the record, or else of the question.

        This is how they are merged, stored and scored. "hiring" seen on two pages of one source is one signal.
        """
        day = self.observed_at.date() if self.observed_at else asked_on
        dated = (each if each.observed_on else replace(each, observed_on=day) for each in self.signals)
        return united_signals(dated)

    @property
    def is_sample(self) -> bool:
        """Whether the source says that the record is invented."""
        return SAMPLE in self.extra

    @property
    def is_unbought(self) -> bool:
        """Whether a provider shows half of it and sells the rest, so that nobody can say whom it is about."""
        return any(name == UNBOUGHT for name, _ in self.extra)

    def is_promised(self, criterion: str) -> bool:
        """Whether its provider was asked for those alone who meet the criterion, in the provider's own words for it."""
        return (PROMISED, criterion) in self.extra

    @property
    def name(self) -> str:
        """The full name, put together from its parts if the source gives parts only."""
        return self.full_name or f"{self.first_name} {self.last_name}".strip()

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {item.name: getattr(self, item.name) for item in fields(self)}
        return data | {
            "company": self.company.to_json(),
            "signals": [signal.to_json() for signal in self.signals],
            "observed_at": self.observed_at.isoformat() if self.observed_at else None,
            "extra": [list(pair) for pair in self.extra],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Candidate":
        observed_at = data.get("observed_at")
        return cls(
            **{
                **data,
                "company": CompanyFacts.from_json(data.get("company", {})),
                "signals": tuple(Signal.from_json(signal) for signal in data.get("signals", ())),
                "observed_at": datetime.fromisoformat(observed_at) if observed_at else None,
                "extra": tuple((name, value) for name, value in data.get("extra", ())),
            }
        )
