"""Sources by name, and how people read them."""

import pytest

from leads.sources import registry


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("directory", "Company database"),
        ("file", "Your file"),
        ("file:connections", "LinkedIn: connections"),
        ("old_provider", "Old provider"),
    ],
    ids=["installed", "a file", "a LinkedIn file", "not installed any more"],
)
def test_a_source_is_read_by_its_title(name, read):
    assert registry.title(name) == read


def test_an_unknown_name_is_told_with_what_is_installed():
    with pytest.raises(registry.UnknownSource, match="Installed are: directory, file"):
        registry.get("atlantis")
