"""Sizes in words: as a source said them, a band or a head count."""

from __future__ import annotations

import pytest

from leads.vocabulary import sizes
from scoring.rows import typical


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (501, 1_000, "501 to 1,000 people"),
        (201, 500, "201 to 500 people"),
        (317, 317, "about 317 people"),
        (708, None, "about 708 people"),
        (20_000, None, "about 20,000 people"),
    ],
    ids=["band", "band near a whole number", "head count near a band's middle", "head count", "above all bands"],
)
def test_a_band_is_told_as_a_band_and_a_head_count_as_one(least: int, most: int | None, words: str):
    assert sizes.in_words(typical(least, most)) == words
