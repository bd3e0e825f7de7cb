"""Identifiers: the right version and time, rising within a millisecond, and the same for the same parts."""

import pytest

from leadengine.ids import deterministic, uuid7

NOW_MS = 1_767_225_600_123


def test_uuid7_bears_version_variant_and_time():
    made = uuid7(NOW_MS)

    assert (made.version, made.int >> 62 & 0b11) == (7, 0b10)
    assert made.int >> 80 == NOW_MS


def test_uuid7_rises_within_a_millisecond_and_over_time():
    made = [uuid7(NOW_MS + step // 1_000) for step in range(5_000)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)


@pytest.mark.parametrize("now_ms", [pytest.param(-1, id="before 1970"), pytest.param(1 << 48, id="after year 10889")])
def test_uuid7_refuses_a_time_that_does_not_fit(now_ms: int):
    with pytest.raises(ValueError, match="48 bits"):
        uuid7(now_ms)


def test_deterministic_repeats_itself():
    assert deterministic("delivery", 1, "lead") == deterministic("delivery", "1", "lead")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(("delivery", 1), ("hold", 1), id="namespace"),
        pytest.param(("delivery", "a,b"), ("delivery", "a", "b"), id="a separator in a part"),
        pytest.param(("delivery", '","'), ("delivery", "", ""), id="quotes in a part"),
        pytest.param(("delivery", "ä"), ("delivery", "a"), id="letters beyond ASCII"),
    ],
)
def test_deterministic_tells_parts_apart(a: tuple[object, ...], b: tuple[object, ...]):
    assert deterministic(*a) != deterministic(*b)
