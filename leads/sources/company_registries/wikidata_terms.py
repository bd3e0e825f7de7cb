"""Our criteria as a question to Wikidata's query service, and its answer by company. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from leads.criteria import Criteria
from leads.criteria.terms import Range
from leads.sources import wanting
from leads.vocabulary import wikidata_industries

ENTITY, DIRECT = "http://www.wikidata.org/entity/", "http://www.wikidata.org/prop/direct/"
UNKNOWN = "/.well-known/genid/"  # stands for a value that there is, but that nobody knows
# What companies are said to be an instance of: business, company, public, private and multinational company, enterprise,
# corporation, holding, conglomerate, subsidiary, software and technology company, bank, airline, car maker, retail chain,
# developer of games, producer of films, publisher.
KINDS = (
    "Q4830453 Q783794 Q891723 Q1589009 Q161726 Q6881511 Q167037 Q219577 Q778575 Q658255 Q1058914 Q18388277 Q22687 Q46970"
    " Q786820 Q507619 Q210167 Q1762059 Q2085381"
)
CITY, INDUSTRY, FOUNDED, STAFF, SITE, LINKEDIN = "P159", "P452", "P571", "P1128", "P856", "P4264"
REGISTERS = {"P1278": "lei", "P5531": "sec_cik", "P2622": "companies_house"}
FACTS = (CITY, INDUSTRY, FOUNDED, STAFF, SITE, LINKEDIN, *REGISTERS)
X_ACCOUNT, GITHUB_ACCOUNT = "P2002", "P2037"
PROFILES = (LINKEDIN, X_ACCOUNT, GITHUB_ACCOUNT)
MOST_NAMES = 80  # of industries in one question


@dataclass(slots=True)
class Company:
    """One item of an answer: each of its facts with all values, as (value, label)."""

    item: str
    name: str = ""
    description: str = ""
    country: str = ""
    facts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def values(self, name: str) -> list[str]:
        return [value for value, _label in self.facts.get(name, ())]

    def labels(self, name: str) -> list[str]:
        """What people call them; a value without a name in English has its number there, which tells nobody anything."""
        return [label for value, label in self.facts.get(name, ()) if label and label != value.removeprefix(ENTITY)]


def is_in_reach(criteria: Criteria) -> bool:
    """Whether a place or an industry narrows the question: without either the service gives up before it has an answer."""
    return bool(wanting.countries(criteria) or _names(criteria))


def companies(criteria: Criteria, *, size: int, start: int) -> str:
    """The companies from `start` on, by their numbers, and a row for each value of each of their facts.

    A page is told by the inner question, so that a company with many values takes no room from others.
    """
    page = f"GROUP BY ?item ORDER BY ?item LIMIT {size} OFFSET {start}"
    return (
        "SELECT ?item ?itemLabel ?itemDescription ?land ?fact ?value ?valueLabel WHERE {"
        f" {{ SELECT ?item (MIN(?code) AS ?land) WHERE {{ {_where(criteria)} }} {page} }}"
        f" VALUES ?fact {{ {' '.join(f'wdt:{each}' for each in FACTS)} }}"
        " OPTIONAL { ?item ?fact ?value }"
        ' SERVICE wikibase:label { bd:serviceParam wikibase:language "en,mul" . }'
        " }"
    )


def at_site(domain: str) -> str:
    """The companies whose web site this is, however it is written, and a row for each value of each of their profiles."""
    sites = [
        f"<{scheme}://{www}{domain}{end}>" for scheme in ("https", "http") for www in ("www.", "") for end in ("/", "")
    ]
    return (
        "SELECT ?item ?itemLabel ?fact ?value WHERE {"
        f" VALUES ?site {{ {' '.join(sites)} }} ?item wdt:{SITE} ?site ."
        " FILTER NOT EXISTS { ?item wdt:P576 ?end }"
        f" VALUES ?fact {{ {' '.join(f'wdt:{each}' for each in PROFILES)} }}"
        " OPTIONAL { ?item ?fact ?value }"
        ' SERVICE wikibase:label { bd:serviceParam wikibase:language "en,mul" . }'
        " }"
    )


def count(criteria: Criteria) -> str:
    return f"SELECT (COUNT(DISTINCT ?item) AS ?total) WHERE {{ {_where(criteria)} }}"


def read(rows: Iterable[Any]) -> list[Company]:
    """The rows by company, in the order of their numbers; what has not the form of a row is one company without a number."""
    found: dict[str, Company] = {}
    for row in rows:
        told = {name: _value(row, name) for name in ("item", "itemLabel", "itemDescription", "land", "fact")}
        item = told["item"].removeprefix(ENTITY)
        company = found.setdefault(item, Company(item, told["itemLabel"], told["itemDescription"], told["land"]))
        pair = (_value(row, "value"), _value(row, "valueLabel"))
        known = company.facts.setdefault(told["fact"].removeprefix(DIRECT), [])
        if pair[0] and pair not in known:
            known.append(pair)
    return [found[item] for item in sorted(found)]


def _value(row: Any, name: str) -> str:
    cell = row.get(name) if isinstance(row, Mapping) else None
    value = cell.get("value") if isinstance(cell, Mapping) else None
    return value.strip() if isinstance(value, str) and UNKNOWN not in value else ""


def _where(criteria: Criteria) -> str:
    """Size and year rule out only those of whom they are known: of the others somebody else may know them."""
    countries, names = sorted(wanting.countries(criteria)), _names(criteria)
    parts = [
        f"VALUES ?code {{ {_literals(countries)} }} ?country wdt:P297 ?code . ?item wdt:P17 ?country ."
        if countries
        else "?item wdt:P17 ?country . ?country wdt:P297 ?code .",
        f"VALUES ?trade {{ {_literals(names, '@en')} }} ?industry rdfs:label ?trade . ?item wdt:{INDUSTRY} ?industry ."
        if names
        else "",
        f"VALUES ?kind {{ {' '.join(f'wd:{each}' for each in KINDS.split())} }} ?item wdt:P31 ?kind .",
        "FILTER NOT EXISTS { ?item wdt:P576 ?end }",
        _range(STAFF, "?staff", "?staff", wanting.span(criteria, "employees")),
        _range(FOUNDED, "?born", "YEAR(?born)", wanting.span(criteria, "founded")),
    ]
    return " ".join(filter(None, parts))


def _range(fact: str, variable: str, term: str, asked: Range) -> str:
    edges = [(asked.min, ">="), (asked.max, "<=")]
    tests = " && ".join(f"{term} {sign} {edge}" for edge, sign in edges if edge is not None)
    return f"OPTIONAL {{ ?item wdt:{fact} {variable} }} FILTER(!BOUND({variable}) || ({tests}))" if tests else ""


def _names(criteria: Criteria) -> tuple[str, ...]:
    """Wikidata's names of the industries of which one must hold; () where one has none, or they are too many."""
    wanted = [wikidata_industries.names_of(code) for code in wanting.values(criteria, "industries")]
    names = tuple(sorted({name for each in wanted for name in each}))
    return names if all(wanted) and len(names) <= MOST_NAMES else ()


def _literals(texts: Iterable[str], language: str = "") -> str:
    return " ".join(f'"{text}"{language}' for text in texts)
