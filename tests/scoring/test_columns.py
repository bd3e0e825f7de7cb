"""Facts as columns: rows in and out again, and leads taken out with their events."""

import numpy as np

from scoring.rows import columns_of, row_of
from tests.factories.scoring import NOW, event, facts

ONE = facts(industry="retail", employees=20, observed=1, revenue=1e6, has_profile=True)


def test_a_row_comes_back_as_it_was():
    row = row_of(ONE)

    assert row_of(columns_of([row], signals=(), touches=(), now=NOW)) == row


def test_leads_taken_out_keep_what_happened_with_them():
    rows = [row_of(ONE), row_of(ONE)._replace(industry="mining")]
    signals = [event("hiring", 3, "Two jobs"), event("funding", 2, "Series A")._replace(row=1)]
    both = columns_of(rows, signals=signals, touches=(), now=NOW)

    taken = both.take(np.array([1]))

    assert (taken.n, taken.industries[0]) == (1, "mining")
    assert [(each.kind, each.detail) for each in taken.signals.of(0)] == [("funding", "Series A")]
