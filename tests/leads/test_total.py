"""Whatever stands in a cell of a user's file or of a data set, making and judging its record raises nothing of ours."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadengine.workflows.judging import check
from leads import identity
from leads.candidate import Candidate, CompanyFacts
from leads.criteria import Criteria
from leads.directory.mapping import from_json
from leads.directory.records import company_row, person_row
from leads.directory.translating import Translator, UnusableRecord
from leads.file_headers import fields
from leads.file_rows import UnusableRow, to_candidate
from leads.prospecting import sift
from leads.suppressing import digest
from leads.table_rows import Cells
from scoring.facts import from_candidates
from tests.fakes.naughty import NAUGHTY

NOW = datetime(2026, 11, 25, tzinfo=UTC)
CELL = st.sampled_from(NAUGHTY) | st.text(max_size=40) | st.from_regex(r"[\d.,' ]{1,12}[kmb]?\+?", fullmatch=True)
ROWS = st.dictionaries(st.sampled_from(sorted(fields())), CELL, max_size=8)
TRANSLATOR = Translator(from_json({"columns": {name: name for name in fields()}}), NOW)
often = settings(max_examples=150, deadline=None)


@often
@given(ROWS)
def test_any_row_of_a_file_is_a_candidate_or_unusable(texts: dict[str, str]):
    cells = Cells({"full_name": "Ann Bee", "email": "ann@bee.example", "company": "Bee", **texts})
    try:
        candidate = to_candidate(cells, record_id="r", observed_at=NOW, extra=())
    except UnusableRow:
        return

    prospects = sift([candidate], Criteria())
    from_candidates([check(each, Criteria()) for each in prospects], now=NOW)
    assert all(len(each.value) <= 320 for each in prospects[0].identities)


@often
@given(ROWS)
def test_any_row_of_a_data_set_is_a_record_or_unusable(texts: dict[str, str]):
    row = dict.fromkeys(fields(), "") | {"company": "Bee"} | texts
    try:
        company, person = TRANSLATOR.records(row)
    except UnusableRecord:
        return

    assert len(company_row(company)[1]) <= 320
    assert person is None or person_row(person)


@pytest.mark.parametrize(
    "key",
    [
        identity.email_key,
        identity.is_role_mailbox,
        identity.is_free_mail,
        identity.host_name,
        identity.domain_key,
        identity.phone_key,
        identity.linkedin_slug,
        identity.linkedin_company_slug,
        identity.person_name_key,
        identity.company_name_key,
    ],
    ids=lambda key: key.__name__,
)
@often
@given(st.sampled_from(NAUGHTY) | st.text(max_size=60))
def test_identity_takes_any_text(key, text: str):
    found = key(text)

    assert isinstance(found, bool) or digest("email", found.encode("utf-8", "replace").decode())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"employees_min": 4_930_901_820}, {"employees_min": None}),
        ({"employees_max": -1}, {"employees_max": None}),
        ({"revenue_usd": 10**20}, {"revenue_usd": None}),
        ({"founded_year": 99_999}, {"founded_year": None}),
        ({"registry_ids": (("registry-gb", "x" * 400), ("lei", "5299"))}, {"registry_ids": (("lei", "5299"),)}),
        ({"country": "Germany"}, {"country": ""}),
        ({"name": "A\x00B\ud800"}, {"name": "AB"}),
        ({"keywords": ("k" * 90,)}, {"keywords": ("k" * 80,)}),
    ],
    ids=["head count", "negative", "revenue", "year", "number", "country", "characters", "keyword"],
)
def test_company_keeps_what_the_database_can_hold(given, kept):
    facts = CompanyFacts(**given)

    assert {name: getattr(facts, name) for name in kept} == kept


def test_candidate_keeps_what_the_database_can_hold():
    candidate = Candidate("file", "1\x00", full_name="Ida\ud800", country="Germany")

    assert (candidate.record_id, candidate.full_name, candidate.country) == ("1", "Ida", "")
    assert len(identity.identities(Candidate("file", "r" * 900, full_name="Ida"))[0].value) <= 320
