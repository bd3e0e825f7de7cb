"""Titles that nearly say what was asked for."""

from __future__ import annotations

import pytest

from leads.vocabulary.close_titles import MOST, close_titles

KNOWN = (
    *("Head of Sales", "Sales Director", "VP Sales", "VP of Sales", "Chief Sales Officer", "Sales Manager"),
    *("Sales Assistant", "CFO", "VP Marketing", "Owner", "Founder", "Vertriebsleiter", "VP Sales, Robotics"),
)


@pytest.mark.parametrize(
    ("wanted", "close"),
    [
        (["Head of Sales"], ["VP Sales", "Sales Manager", "Chief Sales Officer"]),
        (["Head of Sales", "VP Sales"], ["Sales Manager", "Chief Sales Officer"]),
        (["Head of Sales Benelux"], ["Head of Sales", "VP Sales", "Sales Manager"]),
        (["VP Marketing"], []),
        (["Sales"], []),
        (["Head of Pumps"], []),
        ([], []),
    ],
    ids=["a step up and down", "two wanted", "an addition too many", "nobody near", "no rank", "unknown work", "none"],
)
def test_close_titles_do_the_same_work_at_a_rank_beside(wanted, close):
    assert close_titles(wanted, KNOWN) == close


def test_one_title_stands_for_all_that_say_the_same():
    found = close_titles(["Head of Sales"], ["VP SALES", "VP Sales", "Vice President Sales", "VP of Sales"])

    assert found == ["VP Sales"]


def test_no_more_are_told_than_can_be_read():
    assert len(close_titles(["CEO"], ["Owner", "Founder", "VP", "Director", "Co-Founder", "Inhaber"])) <= MOST
