"""Finds or makes the companies of a batch: one company per certain identity, whatever the number of workers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from leads.buying_signals import carry_signals
from leads.candidate import CompanyFacts
from leads.claiming import claim, owners
from leads.company_facts import Record, Told, learn, told_by_leads
from leads.identity import Identity, company_identities, name_sort_key
from leads.models import Company, CompanyIdentity, Relation
from leads.models.keys import new_id
from leads.names import company_words

NAMED, IN_A_COUNTRY, CERTAIN = range(3)  # how well a company is known


@dataclass(frozen=True, slots=True)
class Employer:
    """What a prospect says of its company; `home` is the company of the lead that it adds to, if it adds to one."""

    told: Told
    facts: CompanyFacts
    lead_id: UUID | None = None
    home: UUID | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The company of an employer.

    `outgrows` when it is the lead's own company, known better than it was; `has_grown` when its record is another one
    now; `says_more` when the record says more than the employer, or something else.
    """

    company_id: UUID | None
    outgrows: bool = False
    has_grown: bool = False
    says_more: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """A lead's company with its certain identities."""

    company: Company
    keys: frozenset[Identity]

    @property
    def certainty(self) -> int:
        return CERTAIN if self.company.domain else _certainty(self.keys)

    def agrees(self, facts: CompanyFacts) -> bool:
        """Whether the facts could be about it by name: one name says no more than the other."""
        mine, theirs = set(company_words(self.company.name)), set(company_words(facts.name))
        return mine <= theirs or theirs <= mine


def resolve(workspace_id: int, employers: Sequence[Employer], *, now: datetime) -> list[Found]:
    """As `resolve_with_records`, without the records."""
    return resolve_with_records(workspace_id, employers, now=now)[0]


def resolve_with_records(
    workspace_id: int, employers: Sequence[Employer], *, now: datetime, only_gaps: bool = False
) -> tuple[list[Found], dict[UUID, Record]]:
    """The company of each employer, made where it is new; no company where the facts name none at all.

    And the records of all of them, as they were and as they are now; with `only_gaps` nothing that stands there gives way.

    What is said of it goes into its record where it is better than what stands there; and what was said with a lead whose
    company had only a name, if that is the one with a certain identity now. Call it once for a batch: identities and
    companies are locked in sorted order.
    """
    keyed = [keys_of(each.facts) for each in employers]
    homes = _homes(workspace_id, {each.home for each in employers if each.home})
    known = owners(CompanyIdentity, "company_id", workspace_id, list({key for keys in keyed for key in keys}))
    held = dict(known)
    chosen = [_choose(keys, held, each, homes) for keys, each in zip(keyed, employers, strict=True)]
    made = {each for each in chosen if each} - set(known.values()) - set(homes)
    free = {identity: owner for identity, owner in held.items() if identity not in known}
    wanted = {identity: owner for identity, owner in free.items() if owner in made}
    more = {identity: owner for identity, owner in free.items() if owner not in made}
    lost = claim(CompanyIdentity, "company_id", workspace_id, wanted, more)
    ids = [lost.get(each, each) if each else None for each in chosen]
    found = [_found(*each, homes) for each in zip(ids, keyed, employers, strict=True)]
    told = [(company_id, each.told) for company_id, each in zip(ids, employers, strict=True) if company_id]
    moved = _moved(found, employers)
    fresh = made - set(lost)
    records = learn(workspace_id, told + _brought_along(moved), fresh, now=now, only_gaps=only_gaps)
    carry_signals({each.home: moved[each.lead_id] for each in employers if each.home and each.lead_id in moved}, moved)
    return [_known(it, each.told, records) for it, each in zip(found, employers, strict=True)], records


def related(workspace_id: int, facts: Sequence[CompanyFacts]) -> dict[int, str]:
    """Positions of companies that are marked customer or competitor, with the mark. Two queries."""
    keyed = [company_identities(each) for each in facts]
    known = owners(CompanyIdentity, "company_id", workspace_id, list({key for keys in keyed for key in keys}))
    marked = Company.objects.of(workspace_id).filter(pk__in=set(known.values())).exclude(relation=Relation.NONE)
    labels = {company.pk: company.get_relation_display() for company in marked}
    found = {index: [known[key] for key in keys if key in known] for index, keys in enumerate(keyed)}
    return {index: labels[ids[0]] for index, ids in found.items() if ids and ids[0] in labels}


def keys_of(facts: CompanyFacts) -> tuple[Identity, ...]:
    """By what the company is found again; nothing where the facts name none."""
    return company_identities(facts) or _by_name(facts)


def _by_name(facts: CompanyFacts) -> tuple[Identity, ...]:
    """A company of which only the name is known is its own kind of identity: it never meets one that is better known."""
    name = name_sort_key(facts.name)
    return (Identity("name", name[:320]),) if name else ()


def _moved(found: Sequence[Found], employers: Sequence[Employer]) -> dict[UUID, UUID]:
    """By lead, as which company its own one is better known now."""
    pairs = zip(found, employers, strict=True)
    return {each.lead_id: it.company_id for it, each in pairs if it.outgrows and it.company_id and each.lead_id}


def _brought_along(moved: Mapping[UUID, UUID]) -> list[tuple[UUID, Told]]:
    """What was said of those companies with the leads."""
    before = told_by_leads(moved) if moved else {}
    return [(moved[lead_id], told) for lead_id, said in before.items() for told in said]


def _known(found: Found, told: Told, records: Mapping[UUID, Record]) -> Found:
    record = records[found.company_id] if found.company_id else None
    return replace(found, has_grown=record.is_changed, says_more=record.says_more(told)) if record else found


def _choose(
    keys: tuple[Identity, ...], held: dict[Identity, UUID], employer: Employer, homes: Mapping[UUID, Home]
) -> UUID | None:
    home = homes.get(employer.home) if employer.home else None
    if home and (not keys or _is_weaker(keys, home, employer.facts)):
        return home.company.pk
    if not keys:
        return None
    owner = home.company.pk if home and home.keys.intersection(keys) else None
    chosen = owner or next((held[key] for key in keys if key in held), None) or new_id()
    for key in keys:
        held.setdefault(key, chosen)
    return chosen


def _is_weaker(keys: tuple[Identity, ...], home: Home, facts: CompanyFacts) -> bool:
    return _certainty(keys) < home.certainty and home.agrees(facts)


def _found(
    company_id: UUID | None, keys: tuple[Identity, ...], employer: Employer, homes: Mapping[UUID, Home]
) -> Found:
    home = homes.get(employer.home) if employer.home else None
    is_other = home is not None and company_id not in (None, home.company.pk)
    outgrows = home is not None and is_other and _certainty(keys) > home.certainty and home.agrees(employer.facts)
    return Found(company_id, outgrows)


def _certainty(keys: Iterable[Identity]) -> int:
    kinds = {NAMED if key.kind == "name" else IN_A_COUNTRY if "|" in key.value else CERTAIN for key in keys}
    return max(kinds, default=NAMED)


def _homes(workspace_id: int, ids: set[UUID]) -> dict[UUID, Home]:
    keys: dict[UUID, set[Identity]] = defaultdict(set)
    for each in CompanyIdentity.objects.of(workspace_id).filter(company__in=ids):
        keys[each.company_id].add(Identity(each.kind, each.value))
    companies = Company.objects.of(workspace_id).filter(pk__in=ids)
    return {company.pk: Home(company, frozenset(keys[company.pk])) for company in companies}
