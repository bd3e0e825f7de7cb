"""One record that breaks our code is left out; a mistake that breaks all is raised."""

import pytest
from django.db import DataError

from leads.isolating import ENOUGH, in_words, one_by_one


def inverse(number: int) -> float:
    return 1 / number


def excuse(number: int, error: Exception) -> str:
    return in_words(error)


def test_record_that_breaks_is_excused():
    found = list(one_by_one([2, 0, 4], inverse, excuse))

    assert found == [0.5, "cannot be read by us (ZeroDivisionError: division by zero)", 0.25]


def test_single_record_that_breaks_is_excused():
    assert len(list(one_by_one([0], inverse, excuse))) == 1


@pytest.mark.parametrize("count", [2, ENOUGH, 10 * ENOUGH])
def test_mistake_that_breaks_all_is_raised(count: int):
    with pytest.raises(ZeroDivisionError):
        list(one_by_one([0] * count, inverse, excuse))


def test_trouble_of_the_database_is_nobodys_record():
    def fails(_: int) -> float:
        raise DataError

    with pytest.raises(DataError):
        list(one_by_one([1, 2], fails, excuse))
