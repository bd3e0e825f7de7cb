"""The SEC's forms of insiders in the sandbox: the list of a company's filings, and the XML behind each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.html import escape

from leadengine.sandbox.scripted import Ask, Reply
from leadengine.sandbox.world import Firm

OTHER = "0009999999"  # of a company that is not in this world
XML = """<?xml version="1.0"?>
<ownershipDocument>
    <schemaVersion>X0508</schemaVersion>
    <documentType>{form}</documentType>
    <periodOfReport>{day}</periodOfReport>
    <issuer><issuerCik>{issuer}</issuerCik><issuerName>Invented</issuerName><issuerTradingSymbol>SB</issuerTradingSymbol></issuer>
    <reportingOwner>
        <reportingOwnerId><rptOwnerCik>{owner}</rptOwnerCik><rptOwnerName>{name}</rptOwnerName></reportingOwnerId>
        <reportingOwnerAddress><rptOwnerStreet1>1 INVENTED STREET</rptOwnerStreet1></reportingOwnerAddress>
        <reportingOwnerRelationship>{relation}</reportingOwnerRelationship>
    </reportingOwner>
</ownershipDocument>
"""


PAGE = "xslF345X05/doc4.xml"


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its kind, how many days ago it was filed, the place of its owner on the board, what it says of that."""

    kind: str
    age: int
    place: int
    relation: str
    issuer: str = ""


def recent(firm: Firm, cik: str) -> dict[str, list[Any]]:
    """By columns, the newest first, as the record of a company lists its filings."""
    today = timezone.now().date()
    rows = [("20-F", "2026-03-31", f"{cik}-26-000001", "report.htm")]
    for number, form in enumerate(forms(firm), start=2):
        day = (today - timedelta(days=form.age)).isoformat()
        rows.append((form.kind, day, f"{cik}-26-00000{number}", PAGE))
    names = ("form", "filingDate", "accessionNumber", "primaryDocument")
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def answer(firm: Firm, cik: str, ask: Ask) -> Reply:
    """The XML of the form under a number that `recent` lists."""
    known = {f"{cik}2600000{number}": form for number, form in enumerate(forms(firm), start=2)}
    form = known.get(ask.found[1])
    if form is None or ask.found[2] != PAGE.rpartition("/")[2]:
        return Reply(status=404, raw=b"<Error><Code>NoSuchKey</Code></Error>")
    text = _xml(form, form.issuer or cik, firm)
    return Reply(raw=text.encode(), headers={"Content-Type": "application/xml"})


def forms(firm: Firm) -> tuple[Form, ...]:
    """The first company's tell all that there is to tell apart; of most companies nobody reports."""
    chief, second = firm.people[:2]
    usual = (
        Form("4", 30, 0, f"<isDirector>1</isDirector><isOfficer>1</isOfficer>{_title(chief.role)}"),
        Form("3", 120, 1, f"<isOfficer>true</isOfficer>{_title(second.role)}"),
    )
    odd = (
        Form("4", 200, 1, "<isDirector>1</isDirector><isOfficer>0</isOfficer>"),
        Form("4", 300, 0, f"<isOfficer>1</isOfficer>{_title('Treasurer')}", issuer=OTHER),
    )
    return (*usual, *odd) if firm.index == 0 else usual if firm.index % 20 == 1 else ()


def _xml(form: Form, issuer: str, firm: Firm) -> str:
    person = firm.people[form.place]
    name = escape(f"{person.family.upper()} {person.given.upper()}")
    owner = f"{8_000_000 + firm.index * 10 + person.index:010}"
    return XML.format(form=form.kind, day="2026-01-01", issuer=issuer, owner=owner, name=name, relation=form.relation)


def _title(role: str) -> str:
    return f"<officerTitle>{escape(role)}</officerTitle>"
