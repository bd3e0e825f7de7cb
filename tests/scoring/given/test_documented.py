"""What can be given and logged is what docs/scoring.md says."""

from pathlib import Path

import pytest
from django.conf import settings

from leads.logbook import KINDS, OUTCOMES
from leads.logbook_reading import COLUMNS
from scoring.given import facts, rules
from scoring.rulebook import FACTORS
from tests.factories.scoring import NOW

DOCUMENT = (Path(settings.BASE_DIR) / "docs" / "scoring.md").read_text(encoding="utf-8")
RULES = ("name", "weights", "cuts", "ideal", "expected", "home", "closed", "prices")


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(facts.readers(NOW), id="facts"),
        pytest.param(facts.FLAGS, id="flags"),
        pytest.param(facts.DEAL_OUTCOMES, id="outcomes"),
        pytest.param(facts.EVIDENCE_FIELDS, id="evidence"),
        pytest.param(RULES, id="rules"),
        pytest.param(rules.PRICED, id="prices"),
        pytest.param(COLUMNS, id="columns of a file"),
        pytest.param(KINDS, id="kinds of activity"),
        pytest.param(OUTCOMES, id="outcomes of a call"),
    ],
)
def test_every_name_is_documented(names) -> None:
    assert [str(name) for name in names if f"`{name}`" not in DOCUMENT] == []


@pytest.mark.parametrize("factor", FACTORS, ids=lambda factor: factor.key)
def test_every_factor_is_documented_with_its_weight(factor) -> None:
    assert f"| {factor.label} | {factor.weight} |" in DOCUMENT
    assert DOCUMENT.count(f"| {factor.label} | ") == 2
