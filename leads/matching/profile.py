"""What matching looks at, made once per candidate: folded names, keys and places."""

from dataclasses import dataclass

from leads.candidate import Candidate, CompanyFacts
from leads.identity import (
    company_domain,
    email_key,
    is_free_mail,
    is_role_mailbox,
    linkedin_company_slug,
    linkedin_slug,
    name_sort_key,
    phone_key,
)
from leads.names import HONORIFICS, company_words, person_words
from leads.vocabulary.titles import ParsedTitle, parse, title_words

PARTICLES = frozenset({"von", "van", "der", "den", "de", "da", "di", "del", "du", "la", "le", "el", "al", "zu"})


@dataclass(frozen=True, slots=True)
class FirmProfile:
    """A company's side: `domains` include that of a person's business address."""

    words: tuple[str, ...]
    domains: frozenset[str]
    slug: str
    registry: frozenset[tuple[str, str]]
    phones: frozenset[str]
    country: str
    city: str
    employees: int

    @property
    def name(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Profile:
    """A candidate's side. `phone` and `mailbox` are "" where they are shared; those count for the company."""

    record: str
    is_person: bool
    first: str
    last: str
    words: tuple[str, ...]
    mailbox: str
    slug: str
    phone: str
    country: str
    city: str
    title: ParsedTitle
    title_words: tuple[str, ...]
    firm: FirmProfile

    @property
    def order(self) -> tuple[str, ...]:
        """A key by which candidates are sorted whatever order they came in."""
        return (self.record, *self.words, self.mailbox, self.slug, self.phone, self.firm.name, self.city)


def profile(
    candidate: Candidate, shared_phones: frozenset[str] = frozenset(), shared_mailboxes: frozenset[str] = frozenset()
) -> Profile:
    """The candidate's profile; numbers and mailboxes known to be shared identify nobody."""
    first, last, words = _names(candidate)
    mailbox, phone = email_key(candidate.email), _phone(candidate)
    shared_mailbox = not mailbox or is_role_mailbox(candidate.email) or mailbox in shared_mailboxes
    switchboards = {phone_key(candidate.company.phone, candidate.company.country)} | shared_phones
    return Profile(
        record=f"{candidate.source}:{candidate.record_id}" if candidate.record_id else "",
        is_person=candidate.is_person,
        first=first,
        last=last,
        words=words,
        mailbox="" if shared_mailbox else mailbox,
        slug=linkedin_slug(candidate.linkedin_url),
        phone="" if phone in switchboards else phone,
        country=candidate.country.upper(),
        city=name_sort_key(candidate.city),
        title=parse(candidate.title),
        title_words=title_words(candidate.title),
        firm=_firm(candidate.company, mailbox, phone if phone in switchboards else ""),
    )


def _firm(company: CompanyFacts, mailbox: str, switchboard: str) -> FirmProfile:
    business = mailbox.rpartition("@")[2]
    domains = {company_domain(company), "" if is_free_mail(business) else business}
    own_phone = phone_key(company.phone, company.country) if company.phone else ""
    return FirmProfile(
        words=company_words(company.name) if company.name else (),
        domains=frozenset(domains - {""}),
        slug=linkedin_company_slug(company.linkedin_url),
        registry=frozenset((kind, value.strip().lower()) for kind, value in company.registry_ids if value),
        phones=frozenset({own_phone, switchboard} - {""}),
        country=company.country.upper(),
        city=name_sort_key(company.city),
        employees=company.employees_min or 0,
    )


def _phone(candidate: Candidate) -> str:
    return phone_key(candidate.phone, candidate.country or candidate.company.country) if candidate.phone else ""


def _names(candidate: Candidate) -> tuple[str, str, tuple[str, ...]]:
    """(first, last, all words); "Last, First" is read as such, and particles are no last names."""
    if candidate.first_name and candidate.last_name:
        given, family = person_words(candidate.first_name), person_words(candidate.last_name)
    else:
        before, comma, after = candidate.name.partition(",")
        is_turned = comma and set(person_words(after)) - HONORIFICS and len(person_words(before)) <= 2
        words = (*person_words(after), *person_words(before)) if is_turned else person_words(before + " " + after)
        given, family = words[:1], words[1:]
    words = (*given, *family)
    last = next((word for word in reversed(family) if word not in PARTICLES), "")
    return (given[0] if given else "", last, words)
