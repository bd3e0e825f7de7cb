"""What a file's cells tell where its header does not: what a column holds, and whether the first row is data. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from leads.file_headers import ENOUGH, LOOK, guess_mapping, key_of
from leads.identity import (
    domain_key,
    email_key,
    has_listed_suffix,
    host_name,
    linkedin_company_slug,
    linkedin_slug,
    phone_key,
)
from leads.vocabulary import places

PERSON = frozenset({"full_name", "first_name", "last_name", "email", "title", "linkedin_url"})
PROFILES = frozenset(
    {"linkedin.com", "xing.com", "x.com", "twitter.com", "facebook.com", "instagram.com", "github.com"}
)
NUMBER = re.compile(r"[+(]?\d[\d\s().\-/]*")
# Days, decimals, and what two numbers of four digits or a postcode of nine are.
NO_PHONE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-](\d{4}|\d{1,2})(\s.*)?|\+?\d+\.\d+|\(?\d{1,4}\s?[-/]\s?\d{4}\)?|\d{5}-\d{4}"
)
IN_AMERICA = re.compile(r"[2-9]\d\d([-.])[2-9]\d\d\1\d{4}")
AREA = re.compile(r"\(\d{1,5}\).*\d{2}")
SHORTEST = 7  # digits of a phone number
STATE_CODES = frozenset(name for each in places.STATES for name in each.aliases if len(name) == 2)
NOT_PLACES = frozenset(
    "language languages lang locale sprache sprachen langue idioma lingua taal nationality citizenship".split()
)
# Yes, no and nothing in the languages of lists, as `key_of` folds them; some are codes of countries too.
ANSWERS = frozenset(
    "yes no y n ja nein j oui non o si sim nao da ne net ano tak nie igen nem evet hayir joo kylla ei nee nej true false "
    "t f x ok 0 1 na n a nc nr np null none nil nan nichts kein keine k a leer vide rien nada ninguno nessuno niente geen "
    "ingen unknown unbekannt inconnu tbd tba".split()
) | {"n a", "k a", "not available", ""}


def is_website(text: str) -> bool:
    """A web address of a company's own: no e-mail address, and no page at a network.

    >>> is_website("acme.com"), is_website("https://x.com/acme"), is_website("ada@acme.com"), is_website("1.5 m")
    (True, False, False, False)
    """
    host = host_name(text)
    if not host or "@" in text or domain_key(text) in PROFILES:
        return False
    return text.lower().startswith(("http:", "https:", "www.")) or has_listed_suffix(host) or host.endswith(".example")


def is_phone(text: str) -> bool:
    """Digits as only a phone number is written: with its + or 00, a 0 and signs in between, or an area in brackets.

    >>> is_phone("+49 30 901820"), is_phone("(020) 7946-0000"), is_phone("501-1000"), is_phone("0012345678")
    (True, True, False, False)
    """
    text = text.strip()
    digits = len(re.findall(r"\d", text))
    if not (SHORTEST <= digits <= 15 and NUMBER.fullmatch(text)) or NO_PHONE.fullmatch(text):
        return False
    is_parted = digits < len(text)
    if text.startswith(("+", "00")):
        return bool((text[0] == "+" or is_parted) and phone_key(re.sub(r"^00", "+", text)))
    return bool(AREA.match(text) or IN_AMERICA.fullmatch(text)) or (is_parted and bool(re.match(r"0[1-9]", text)))


LOOKS: Mapping[str, Callable[[str], object]] = {
    "email": email_key,
    "linkedin_url": linkedin_slug,
    "company_linkedin_url": linkedin_company_slug,
    "domain": is_website,
    "phone": is_phone,
    "country": places.country_code,
}
TELLING = ("email", "linkedin_url", "company_linkedin_url", "domain", "phone")  # of a row that is no header


def guess_columns(header: Sequence[str], rows: Iterable[Sequence[str]]) -> dict[str, int]:
    """`guess_mapping`, and for what no header names the first other column whose cells look like it."""
    found, first = guess_mapping(header), list(islice(rows, LOOK))
    for field, fits in LOOKS.items():
        name = f"company_{field}" if field in ("phone", "country") and not PERSON & found.keys() else field
        if {field, name} & found.keys():
            continue
        for position in sorted(set(range(len(header))) - set(found.values())):
            cells = [row[position].strip() for row in first if position < len(row) and row[position].strip()]
            if _fit(field, fits, cells, header[position]):
                found[name] = position
                break
    return found


def _fit(field: str, fits: Callable[[str], object], cells: Sequence[str], header: str) -> bool:
    if field == "country":
        return not NOT_PLACES & {*key_of(header).split()} and _are_countries(cells)
    return bool(cells) and sum(map(bool, map(fits, cells))) >= ENOUGH * len(cells)


def _are_countries(cells: Sequence[str]) -> bool:
    """Whether they name several, beside answers and nothing: no codes of states, nor small ones, which are languages'.

    >>> _are_countries(["Germany", "Norway", "n/a"]), _are_countries(["no", "no", "yes"]), _are_countries(["de", "fr"])
    (True, False, False)
    """
    told = [cell for cell in cells if key_of(cell) not in ANSWERS]
    if 2 * len(told) < len(cells) or {each.upper() for each in told} <= STATE_CODES:
        return False
    if all(len(each) == 2 and each.islower() for each in told):
        return False
    codes = [code for each in told if (code := places.country_code(each))]
    return len(set(codes)) > 1 and len(codes) >= ENOUGH * len(told)


def is_data(cells: Sequence[str]) -> bool:
    """Whether a row names none of our fields, and holds what no name of a column looks like.

    >>> is_data(["Ada Okafor", "ada@acme.example"]), is_data(["Who", "Where to write"])
    (True, False)
    """
    return not guess_mapping(cells) and any(LOOKS[field](cell) for cell in cells for field in TELLING)


def numbered(width: int) -> list[str]:
    """The header of a file that has none."""
    return [f"Column {number}" for number in range(1, width + 1)]
