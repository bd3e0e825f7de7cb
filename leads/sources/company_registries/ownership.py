"""The SEC's forms 3, 4 and 5, by which insiders report what they own: who of them is an officer, and of which company. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import Element, ParseError  # only their names; what parses is defusedxml

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

FORMS = ("3", "5", "4")  # the first tells of somebody new, the last comes often and tells the same again
LATELY = timedelta(days=730)  # whoever reported before may have left
MOST_FORMS = 4  # of one company, a question each
PARTICLES = frozenset("al ap bin da de del della den der di dos du el la le mac st ten ter van von".split())
SUFFIXES = frozenset("jr sr ii iii iv md phd".split())
ELSEWHERE = ("see remark", "see footnote", "see explanation", "other")


@dataclass(frozen=True, slots=True)
class Filing:
    """One form: where it is, below the folder of its company, and when it was filed."""

    path: str
    document: str
    filed_on: date


@dataclass(frozen=True, slots=True)
class Officer:
    """`cik` is the person's own number at the SEC, `page` the form as people read it."""

    cik: str
    name: str
    title: str
    page: str
    filed_on: date


def filings(record: Mapping[str, Any], today: date) -> list[Filing]:
    """The forms that tell most of who is an officer now, best first; [] where the record lists none, or in another form."""
    recent = (record.get("filings") or {}).get("recent") or {}
    columns = [recent.get(name) or [] for name in ("form", "filingDate", "accessionNumber", "primaryDocument")]
    if not all(isinstance(column, list) for column in columns):
        return []
    rows = [row for row in zip(*columns, strict=False) if row[0] in FORMS and str(row[3]).endswith(".xml")]
    found = [(FORMS.index(form), _filing(*more)) for form, *more in rows]
    lately = [(rank, each) for rank, each in found if each and today - each.filed_on <= LATELY]
    ordered = sorted(lately, key=lambda pair: (pair[0], -pair[1].filed_on.toordinal(), pair[1].path))
    return [each for _rank, each in ordered][:MOST_FORMS]


def read(body: bytes) -> dict[str, Any]:
    """The form's XML as plain data: {"issuer", "owners": [{"cik", "name", "title", "is_officer"}]}; {} for anything else.

    A document type is refused, and so are entities: neither belongs into such a form.

    >>> read(b"<!DOCTYPE x [<!ENTITY a 'b'>]><ownershipDocument/>"), read(b"<html></html>")
    ({}, {})
    """
    try:
        root = fromstring(body, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        return {}
    if root.tag != "ownershipDocument":
        return {}
    return {"issuer": _text(root, "issuer/issuerCik"), "owners": list(map(_owner, root.findall("reportingOwner")))}


def officer_in(form: Mapping[str, Any], company: str, filing: Filing, page: str) -> Officer | None:
    """The officer of this company who reports by the form (others may report together with one: the trust of a family);

    None in one of directors and great owners alone, and of the shares of another company, which tells nothing of this.
    """
    if form["issuer"].lstrip("0") != company.lstrip("0"):
        return None
    own = next((each for each in form["owners"] if each["is_officer"] and each["name"]), None)
    return own and Officer(own["cik"], name_of(own["name"]), own["title"], page, filing.filed_on)


def name_of(registered: str) -> str:
    """The register puts the family first, and what people are called besides last.

    >>> name_of("Byron Ada K."), name_of("VAN DER BERG JAN"), name_of("Hopper Grace JR"), name_of("Abara, Ada")
    ('Ada K. Byron', 'JAN VAN DER BERG', 'Grace Hopper JR', 'Ada Abara')
    """
    family, comma, given = registered.partition(",")
    if comma:
        return " ".join(f"{given} {family}".split())
    words = registered.split()
    ends = [word for word in words[1:] if word.lower().strip(".") in SUFFIXES]
    words = [word for word in words if word not in ends]
    size = next((place for place, word in enumerate(words) if word.lower() not in PARTICLES), 0) + 1
    return " ".join([*words[size:], *words[:size], *ends])


def _filing(filed: Any, number: Any, document: Any) -> Filing | None:
    try:
        day = date.fromisoformat(str(filed))
    except ValueError:
        return None
    return Filing(str(number).replace("-", ""), str(document), day)


def _owner(owner: Element) -> dict[str, Any]:
    title = _text(owner, "reportingOwnerRelationship/officerTitle")
    return {
        "cik": _text(owner, "reportingOwnerId/rptOwnerCik"),
        "name": _text(owner, "reportingOwnerId/rptOwnerName"),
        "title": "" if title.lower().startswith(ELSEWHERE) else title,
        "is_officer": _text(owner, "reportingOwnerRelationship/isOfficer").lower() in ("1", "true"),
    }


def _text(at: Element, path: str) -> str:
    found = at.findtext(path) or ""
    return " ".join(found.split())[:200]
