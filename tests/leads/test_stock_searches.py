"""The searches to start from."""

import pytest

from leads.stock_searches import STOCK


@pytest.mark.parametrize("search", STOCK.values(), ids=STOCK)
def test_stock_search_asks_something_and_leaves_room_for_grades(search):
    assert search.criteria.musts()
    assert search.criteria.nices()
