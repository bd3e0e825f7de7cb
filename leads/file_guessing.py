"""What a file's cells tell where its header does not: what a column holds, and whether the first row is data. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from leads.file_headers import ENOUGH, LOOK, guess_mapping, key_of
from leads.identity import (
    SHARED_SITES,
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
# Where lists keep profiles, pictures, documents and their own records, beside `SHARED_SITES`.
ELSEWHERE = frozenset(
    "licdn.com twimg.com fbcdn.net gravatar.com googleusercontent.com ggpht.com imgur.com cloudinary.com clearbit.com "
    "amazonaws.com cloudfront.net windows.net hubspot.com hubspotusercontent.com salesforce.com force.com pipedrive.com "
    "zoho.com zoho.eu dynamics.com close.com freshsales.io freshworks.com attio.com airtable.com notion.so monday.com "
    "copper.com apollo.io zoominfo.com lusha.com rocketreach.co angel.co wellfound.com glassdoor.com indeed.com "
    "dropbox.com sharepoint.com box.com calendly.com youtu.be vimeo.com t.me wa.me threads.net mastodon.social "
    "bsky.app gitlab.com stackoverflow.com behance.net dribbble.com goo.gl lnkd.in tinyurl.com".split()
)
PICTURE = re.compile(r"\.(jpe?g|png|gif|webp|svg|ico|pdf)$", re.IGNORECASE)
OF_A_COMPANY = frozenset({"domain", "company_linkedin_url", "company_phone"})
NUMBER = re.compile(r"[+(]?\d[\d\s().\-/]*")
# Days, decimals, and what two numbers of four digits or a postcode of nine are.
NO_PHONE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-](\d{4}|\d{1,2})(\s.*)?|\+?\d+\.\d+|\(?\d{1,4}\s?[-/]\s?\d{4}\)?|\d{5}-\d{4}"
)
IN_AMERICA = re.compile(r"[2-9]\d\d([-.])[2-9]\d\d\1\d{4}")
AREA = re.compile(r"\(\d{1,5}\).*\d{2}")
MARK = "\N{NO-BREAK SPACE}"  # `read_csv` leaves none in a heading
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
    """A web address of a company's own: no e-mail address, no page deep in a site, and none at a network.

    >>> is_website("acme.com/en"), is_website("https://x.com/acme"), is_website("ada@acme.com"), is_website("1.5 m")
    (True, False, False, False)
    """
    host = host_name(text)
    if not host or "@" in text or {host, domain_key(text)} & (SHARED_SITES | ELSEWHERE):
        return False
    path = text.lower().rpartition("//")[2].partition("/")[2].strip("/")
    if "/" in path or "?" in text or PICTURE.search(path):
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
SAME: Mapping[str, Callable[[str], str]] = {"domain": domain_key}  # what makes two cells one
TELLING = ("email", "linkedin_url", "company_linkedin_url", "domain", "phone")  # of a row that is no header


def guess_columns(header: Sequence[str], rows: Iterable[Sequence[str]]) -> dict[str, int]:
    """`guess_mapping`, and for what no header names the first other column whose cells look like it."""
    found, first = guess_mapping(header), list(islice(rows, LOOK))
    for field in LOOKS:
        name = f"company_{field}" if field in ("phone", "country") and not PERSON & found.keys() else field
        if {field, name} & found.keys():
            continue
        companies = _cells(first, found["company"]) if name in OF_A_COMPANY and "company" in found else []
        for position in sorted(set(range(len(header))) - set(found.values())):
            if _fit(field, _cells(first, position), header[position], companies):
                found[name] = position
                break
    return found


def _cells(rows: Sequence[Sequence[str]], position: int) -> list[str]:
    """The column's cells, "" where a row has none."""
    return [row[position].strip() if position < len(row) else "" for row in rows]


def _fit(field: str, cells: Sequence[str], header: str, companies: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    if field == "country":
        return not NOT_PLACES & {*key_of(header).split()} and _are_countries(filled)
    fitting = [cell for cell in filled if LOOKS[field](cell)]
    if not filled or len(fitting) < ENOUGH * len(filled):
        return False
    kinds = {SAME.get(field, str.casefold)(cell) for cell in fitting}
    if companies:  # as many as there are companies beside them
        return len(kinds) >= ENOUGH * len({key_of(name) for name, cell in zip(companies, cells, strict=True) if cell})
    return 2 * len(kinds) > len(fitting)


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
    """The header of a file that has none, told from one that reads "Column 1" by its no-break spaces."""
    return [f"Column{MARK}{number}" for number in range(1, width + 1)]


def is_numbered(header: Sequence[str]) -> bool:
    """Whether we numbered the columns."""
    return list(header) == numbered(len(header))
