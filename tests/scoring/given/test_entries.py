"""One object, a list, or JSON lines, read strictly."""

import pytest

from scoring.given.entries import read_entries
from scoring.given.mistakes import Mistake


def told(text: str) -> list:
    return list(read_entries(text.splitlines(keepends=True)).told)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('{"id": 1}', [("line 1", {"id": 1})], id="one object in a line"),
        pytest.param('{\n "id": 1\n}', [("entry 1", {"id": 1})], id="one object in several lines"),
        pytest.param('[{"id": 1},\n{"id": 2}]', [("entry 1", {"id": 1}), ("entry 2", {"id": 2})], id="a list"),
        pytest.param('{"id": 1}\n\n{"id": 2}\n', [("line 1", {"id": 1}), ("line 3", {"id": 2})], id="lines"),
        pytest.param('\ufeff\n[{"id": 1}]', [("entry 1", {"id": 1})], id="a mark and an empty line before it"),
        pytest.param("[]", [], id="an empty list"),
    ],
)
def test_entries_are_named(text, expected) -> None:
    assert told(text) == expected


def test_lines_are_taken_one_by_one() -> None:
    taken = []
    lines = (taken.append(number) or f'{{"id": {number}}}\n' for number in range(100))

    next(iter(read_entries(lines).told))

    assert taken == [0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("", "There is nothing in it.", id="empty"),
        pytest.param("hello", "It is not JSON (column 1", id="no JSON"),
        pytest.param('[{"a": 1},\n{"b": }]', "It is not JSON (line 2, column 7", id="a slip"),
        pytest.param('{"a": 1}\n{"b": }', "line 2: it is not JSON (column 7", id="a slip in a line"),
        pytest.param('[{"a": NaN}]', "NaN is no number in JSON", id="not a number"),
        pytest.param('[{"a": 1, "a": 2}]', "a: it is named twice.", id="named twice"),
        pytest.param("[" * 100_000, "It is nested too deeply.", id="nested"),
    ],
)
def test_what_is_not_strict_json_is_refused(text, sentence) -> None:
    with pytest.raises(Mistake) as caught:
        told(text)

    assert str(caught.value).startswith(sentence)
