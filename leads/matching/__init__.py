"""Is this the same person (or company)? Weighed line by line, and a batch sorted into clusters without chains."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from leads.candidate import Candidate
from leads.identity import email_key, match_keys, phone_key
from leads.matching import companies, people
from leads.matching.evidence import EvidenceLine, MatchResult, result
from leads.matching.profile import Profile, profile
from leads.names import phonetic

__all__ = ["EvidenceLine", "MatchResult", "cluster", "compare"]

PAIRS_PER_KEY = 15  # neighbours that each candidate is compared with under one key


def compare(a: Candidate, b: Candidate, shared_phones: frozenset[str] = frozenset()) -> MatchResult:
    """Weighs two candidates. Symmetric. `shared_phones`: numbers (E.164) known to be switchboards.

    Half a person is nobody's like, until the rest is bought.
    """
    if a.is_unbought or b.is_unbought:
        return MatchResult(0.0, "different", (EvidenceLine("half of a name is not known", 0.0),))
    return _compare(profile(a, shared_phones), profile(b, shared_phones))


def cluster(candidates: Sequence[Candidate], shared_phones: frozenset[str] = frozenset()) -> list[list[int]]:
    """Positions grouped by person (or company): sorted groups, every position in one.

    The surest pair joins first, and two groups never join if any of their members conflict; the grouping does not depend
    on the order of the candidates.
    """
    phones, mailboxes = _shared(candidates)
    profiles = [profile(candidate, shared_phones | phones, mailboxes) for candidate in candidates]
    ranks = {position: rank for rank, position in enumerate(sorted(range(len(profiles)), key=_by_content(profiles)))}
    scored: list[tuple[Any, ...]] = [
        (-match.bits, *sorted((ranks[i], ranks[j])), i, j)
        for i, j in _pairs(candidates, ranks)
        if (match := _compare(profiles[i], profiles[j])).outcome == "same"
    ]
    return _join(profiles, [(each[-2], each[-1]) for each in sorted(scored)])


def _compare(a: Profile, b: Profile) -> MatchResult:
    if a.is_person != b.is_person:
        return MatchResult(-20.0, "different", (EvidenceLine("one is a person, the other a company", -20.0),))
    return result(people.evidence(a, b) if a.is_person else companies.evidence(a.firm, b.firm))


def _join(profiles: Sequence[Profile], pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    group_of = {position: [position] for position in range(len(profiles))}
    for i, j in pairs:
        a, b = group_of[i], group_of[j]
        if a is b or any(_conflict(profiles[first], profiles[second]) for first in a for second in b):
            continue
        a.extend(b)
        group_of.update(dict.fromkeys(b, a))
    return sorted(sorted(group) for position, group in group_of.items() if position == min(group))


def _conflict(a: Profile, b: Profile) -> bool:
    return people.conflict(a, b) if a.is_person else companies.conflict(a.firm, b.firm)


def _pairs(candidates: Sequence[Candidate], ranks: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Pairs that share a key, each once."""
    blocks: dict[int, list[int]] = defaultdict(list)
    for position, candidate in enumerate(candidates):
        for key in match_keys(candidate):
            blocks[key].append(position)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        ordered = sorted(block, key=ranks.__getitem__)
        for start, i in enumerate(ordered):
            seen.update((i, j) for j in ordered[start + 1 : start + 1 + PAIRS_PER_KEY])
    yield from seen


def _shared(candidates: Sequence[Candidate]) -> tuple[frozenset[str], frozenset[str]]:
    """Numbers and mailboxes that several people of the batch bear: switchboards and team addresses."""
    phones: dict[str, set[str]] = defaultdict(set)
    mailboxes: dict[str, set[str]] = defaultdict(set)
    for candidate in candidates:
        side = profile(candidate)
        if side.is_person and side.last:
            phones[phone_key(candidate.phone, candidate.country or candidate.company.country)].add(phonetic(side.last))
            mailboxes[email_key(candidate.email)].add(f"{side.first[:1]} {phonetic(side.last)}")
    shared_phones = frozenset(phone for phone, names in phones.items() if phone and len(names) > 1)
    return shared_phones, frozenset(mailbox for mailbox, names in mailboxes.items() if mailbox and len(names) > 2)


def _by_content(profiles: Sequence[Profile]) -> Callable[[int], tuple[str, ...]]:
    return lambda position: profiles[position].order
