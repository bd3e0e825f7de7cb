"""Clusters: no chains over shared numbers, no conflicting identifiers in one, the same whatever the order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from leads.candidate import Candidate, CompanyFacts
from leads.matching import cluster
from tests.factories.candidates import firm, person

ACME = {"company": "Acme GmbH", "domain": "acme.example"}
SWITCHBOARD = "+49 30 2345670"
PEOPLE = [
    person("Ida Kessel", email="ida@acme.example", **ACME),
    person("Kessel, Ida", slug="ida-kessel", **ACME),
    person("Dr. Ida Kessel", email="ida@acme.example", slug="ida-kessel"),
    person("Paul Ortmann", phone=SWITCHBOARD, **ACME),
    person("P. Ortmann", phone=SWITCHBOARD, email="paul@acme.example", **ACME),
    person("Rosa Ebel", phone=SWITCHBOARD, **ACME),
    person("Rosa Ebel", phone=SWITCHBOARD, company="Acme"),
    person("Bob Thornbury", company="Beta Ltd", domain="beta.example"),
    person("Robert Thornbury", company="Beta Limited", email="rt@beta.example"),
    firm("Acme GmbH", domain="acme.example"),
    firm("ACME", domain="www.acme.example"),
    firm("Beta Ltd", domain="beta.example"),
]


def groups(candidates: list[Candidate]) -> set[frozenset[int]]:
    """The clusters, by the candidates' place in PEOPLE."""
    place = {id(candidate): position for position, candidate in enumerate(PEOPLE)}
    return {frozenset(place[id(candidates[index])] for index in group) for group in cluster(candidates)}


def test_every_position_is_in_exactly_one_group():
    found = cluster(PEOPLE)

    assert sorted(position for group in found for position in group) == list(range(len(PEOPLE)))


def test_records_of_one_person_meet():
    assert groups(PEOPLE) >= {frozenset({0, 1, 2}), frozenset({5, 6}), frozenset({7, 8}), frozenset({9, 10})}


@settings(max_examples=60)
@given(st.permutations(PEOPLE))
def test_order_does_not_matter(shuffled: list[Candidate]):
    assert groups(shuffled) == groups(PEOPLE)


def test_a_switchboard_joins_nobody():
    office = [person(name, phone=SWITCHBOARD) for name in ("Ida Kessel", "Paul Ortmann", "Rosa Ebel", "Ida Rehbein")]

    assert cluster(office) == [[0], [1], [2], [3]]


def test_a_number_of_one_person_joins():
    records = [person("Ida Kessel", phone=SWITCHBOARD), person("Ida Kessel", phone=SWITCHBOARD)]

    assert cluster(records) == [[0, 1]]


def test_groups_with_different_profiles_stay_apart_although_a_third_record_fits_both():
    records = [
        person("Thomas Müller", slug="tm-1", **ACME),
        person("Thomas Müller", slug="tm-2", **ACME),
        person("Thomas Müller", title="Buyer", **ACME),
    ]

    found = cluster(records)

    assert not any({0, 1} <= set(group) for group in found)
    assert sorted(len(group) for group in found) == [1, 2]


def test_a_family_mailbox_does_not_chain_strangers():
    records = [
        person(name, email="team.north@x.example")
        for name in ("Ida Kessel", "Paul Ortmann", "Rosa Ebel", "Karl Brugger")
    ]

    assert cluster(records) == [[0], [1], [2], [3]]


def test_nobody_is_nothing():
    assert cluster([]) == []


def test_namesakes_at_numbered_companies_stay_apart():
    people = [
        Candidate(
            source="file",
            record_id=str(number),
            full_name="Ann Smith",
            title="Head of Sales",
            email=f"ann.smith@brightwater{number}.example",
            company=CompanyFacts(name=f"Brightwater {number}", domain=f"brightwater{number}.example"),
        )
        for number in range(6)
    ]

    assert cluster(people) == [[number] for number in range(6)]


def test_alike_names_with_mailboxes_of_their_own_at_one_company_stay_apart():
    people = [
        Candidate(
            source="file",
            record_id=name,
            full_name=f"Ann {name}",
            title="Head of Sales",
            email=f"ann.{name.lower()}@acme.example",
            company=CompanyFacts(name="Acme", domain="acme.example"),
        )
        for name in ("Smith", "Smyth")
    ]

    assert cluster(people) == [[0], [1]]
