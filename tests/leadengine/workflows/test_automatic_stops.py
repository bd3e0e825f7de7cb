"""When a run stops by itself."""

from decimal import Decimal

import pytest

from leadengine.workflows.automatic_stops import automatic_stop

COSTLY = {"max_cost_per_lead": "2.50"}


@pytest.mark.parametrize(
    ("rules", "found", "delivered", "errors", "spent", "stops"),
    [
        pytest.param({}, 999, 0, 999, 0, None, id="too-early-to-tell"),
        pytest.param({}, 1000, 10, 0, 10, None, id="just-enough-hits"),
        pytest.param({}, 1000, 9, 0, 9, "only 9 of 1,000", id="too-few-hits"),
        pytest.param({}, 1000, 400, 500, 400, None, id="just-few-enough-errors"),
        pytest.param({}, 1000, 400, 501, 400, "501 of 1,000 records were unusable", id="too-many-errors"),
        pytest.param(COSTLY, 1000, 100, 0, 250, None, id="just-cheap-enough"),
        pytest.param(COSTLY, 1000, 100, 0, 251, "2.51 credits on average", id="too-dear"),
        pytest.param({"after_found": 10}, 10, 0, 0, 0, "only 0 of 10", id="own-rule"),
    ],
)
def test_automatic_stop(rules, found, delivered, errors, spent, stops):
    reason = automatic_stop(rules, found=found, delivered=delivered, errors=errors, spent=Decimal(spent))

    assert (reason is None) if stops is None else (stops in reason)
