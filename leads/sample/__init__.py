"""The sample directory: invented companies and people in two overlapping data sets, the same for the same seed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from leads.directory.loading import LoadReport, Pair, ensure_dataset, load
from leads.sample.chance import draw
from leads.sample.dirt import TELLERS, company_record, person_record
from leads.sample.firms import Firm, firms
from leads.sample.humans import Human, humans

# Of the invented companies data set A has the first three quarters, B the last 30 percent: one in six is in both.
FIRST_SET, SECOND_SET = 0.86, 0.70
WORLD = 1 / (FIRST_SET + 1 - SECOND_SET)
IN_BOTH = 0.7
# Some more people are invented than are needed, for those whom rounding or a small company leaves out.
MAKERS = 1.15

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Truth:
    """Which invented company or person each record tells of: (data set, record id) -> number."""

    companies: Mapping[Key, int]
    people: Mapping[Key, int]


@dataclass(frozen=True, slots=True)
class _Sample:
    """Which data sets have which companies and people, before they are told of."""

    companies: Sequence[tuple[Firm, tuple[int, ...]]]
    people: Sequence[tuple[Human, tuple[int, ...]]]


def load_sample_directory(
    companies: int = 5_000, people: int = 20_000, seed: int = 1, *, now: datetime | None = None
) -> list[LoadReport]:
    """Loads so many company and person records, spread over both data sets; dates are counted back from `now`.

    Repeated on the same day it changes nothing; later it moves the dates on, so that the sample stays fresh.
    """
    now = (now or timezone.now()).replace(hour=6, minute=0, second=0, microsecond=0)
    sample = _sample(companies, people, seed)
    reports = []
    for place, teller in enumerate(TELLERS):
        dataset = ensure_dataset(teller.name, title=teller.title, observed_at=now, is_sample=True, now=now)
        reports.append(load(dataset, _told(sample, place, seed, now)))
    return reports


def truth(companies: int = 5_000, people: int = 20_000, seed: int = 1) -> Truth:
    """What the records of the same arguments really are; for tests and benchmarks of matching."""
    sample = _sample(companies, people, seed)
    return Truth(
        {(TELLERS[at].name, f"c{firm.number:06d}"): firm.number for firm, places in sample.companies for at in places},
        {(TELLERS[at].name, f"p{each.number:06d}"): each.number for each, places in sample.people for at in places},
    )


def _sample(companies: int, people: int, seed: int) -> _Sample:
    world = max(1, round(companies * WORLD))
    first = round(world * FIRST_SET)
    second = world - (companies - first)
    kept = [(firm, _sets(number < first, number >= second)) for number, firm in enumerate(firms(seed, world))]
    return _Sample(kept, _known_people(kept, people, seed))


def _sets(*has: bool) -> tuple[int, ...]:
    return tuple(place for place, it_has in enumerate(has) if it_has)


def _known_people(
    kept: Sequence[tuple[Firm, tuple[int, ...]]], people: int, seed: int
) -> list[tuple[Human, tuple[int, ...]]]:
    """People until the data sets hold `people` records; who works at a company of both sets is mostly in both."""
    sets = {firm.number: places for firm, places in kept}
    everybody = humans(seed, [firm for firm, _ in kept], round(people * MAKERS))
    order = sorted(everybody, key=lambda person: draw(seed, "order", person.number).random())
    found: list[tuple[Human, tuple[int, ...]]] = []
    room = people
    for person in order:
        if room == 0:
            break
        places = sets[person.firm.number]
        if len(places) > 1 and (room == 1 or person.number % 10 >= 10 * IN_BOTH):
            places = places[person.number % 2 :][:1]
        found.append((person, places))
        room -= len(places)
    return found


def _told(sample: _Sample, place: int, seed: int, now: datetime) -> Iterator[Pair]:
    """The records of one data set: its companies, then its people."""
    teller = TELLERS[place]
    for firm, places in sample.companies:
        if place in places:
            yield company_record(firm, teller, draw(seed, f"{teller.name}/firm", firm.number), now), None
    for person, places in sample.people:
        if place in places:
            yield None, person_record(person, teller, draw(seed, f"{teller.name}/human", person.number), now)
