"""Which columns are shown, and in which order."""

import pytest

from leads.columns import ALL, STANDARD, known, moved


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        pytest.param([], STANDARD, id="none chosen"),
        pytest.param(["nonsense"], STANDARD, id="none known"),
        pytest.param(["stage", "score", "stage", "nonsense"], ("stage", "score"), id="each once, as ordered"),
    ],
)
def test_known_columns_are_shown(asked, shown):
    assert known(asked) == shown


@pytest.mark.parametrize(
    ("key", "step", "order"),
    [
        ("owner", -1, ("score", "owner", "stage")),
        ("score", 1, ("stage", "score", "owner")),
        ("score", -1, ("score", "stage", "owner")),
        ("owner", 1, ("score", "stage", "owner")),
        ("tags", 1, ("score", "stage", "owner")),
    ],
)
def test_column_is_moved_by_one(key, step, order):
    assert moved(("score", "stage", "owner"), key, step) == order


def test_every_column_has_its_cell(settings):
    folder = settings.BASE_DIR / "templates"

    assert [column.key for column in ALL if not (folder / column.template).is_file()] == []
