"""Whether two records are one person: quality and speed on the sample's overlapping data sets, beside names alone."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from benchmarks.data import COMPANIES, PEOPLE, SEED, sample_directory
from benchmarks.figures import Figure
from leads.candidate import Candidate
from leads.directory.rows import person_candidate
from leads.identity import match_keys
from leads.matching import compare
from leads.models import DirectoryPerson
from leads.names import fold
from leads.sample import truth

PEER = "names and company names alike by rapidfuzz (at least 90 of 100)"
ALIKE = 90
MOST_IN_A_BLOCK = 15

Pair = tuple[Candidate, Candidate]


def run() -> Iterator[Figure]:
    sample_directory()
    pairs, same = labelled()
    ours, our_seconds = judged(pairs, lambda a, b: compare(a, b).outcome == "same")
    theirs, their_seconds = judged(pairs, names_alike)
    n = len(pairs)
    for what, measure in (("precision", precision), ("recall", recall)):
        mine, peer = measure(ours, same), measure(theirs, same)
        yield Figure(f"matching/{what}", mine, "share", mine / peer, PEER, n)
    rate, peer_rate = n / our_seconds, n / their_seconds
    yield Figure("matching/speed", rate, "pairs/s", rate / peer_rate, PEER, n)


def labelled() -> tuple[list[Pair], list[bool]]:
    """Pairs of people's records that share a blocking key, and whether they tell of one invented person."""
    known = truth(COMPANIES, PEOPLE, SEED).people
    people = list(DirectoryPerson.objects.select_related("company", "dataset").order_by("dataset__name", "record_id"))
    candidates = [person_candidate(row) for row in people]
    number = [known[row.dataset.name, row.record_id] for row in people]
    found = sorted(_blocked(candidates))
    return [(candidates[i], candidates[j]) for i, j in found], [number[i] == number[j] for i, j in found]


def _blocked(candidates: Sequence[Candidate]) -> set[tuple[int, int]]:
    blocks: dict[int, list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        for key in match_keys(candidate):
            blocks[key].append(place)
    return {pair for block in blocks.values() for pair in combinations(block[:MOST_IN_A_BLOCK], 2)}


def judged(pairs: Sequence[Pair], is_same: Callable[[Candidate, Candidate], bool]) -> tuple[list[bool], float]:
    """Each pair's verdict, and the seconds of them all."""
    start = time.process_time()
    verdicts = [is_same(a, b) for a, b in pairs]
    return verdicts, time.process_time() - start


def names_alike(a: Candidate, b: Candidate) -> bool:
    names = fuzz.token_sort_ratio(fold(a.full_name), fold(b.full_name))
    return names >= ALIKE and fuzz.token_sort_ratio(fold(a.company.name), fold(b.company.name)) >= ALIKE


def precision(verdicts: Sequence[bool], same: Sequence[bool]) -> float:
    """Of the pairs called one person, the share that is."""
    called = [truly for verdict, truly in zip(verdicts, same, strict=True) if verdict]
    return sum(called) / max(len(called), 1)


def recall(verdicts: Sequence[bool], same: Sequence[bool]) -> float:
    """Of the pairs that are one person, the share called so."""
    truly = [verdict for verdict, it_is in zip(verdicts, same, strict=True) if it_is]
    return sum(truly) / max(len(truly), 1)
