"""Addresses of searches from when departments and funding stages were ticked: what has no tick any more is typed."""

from __future__ import annotations

from django.http import QueryDict

from leads.vocabulary import funding, titles
from leads.vocabulary.offered import department_choices
from leads.word_lists import join, split

LABELS = {"departments": titles.DEPARTMENTS, "funding_stages": funding.STAGES}
LINES = {"departments_none": "departments", "funding_stages": "funding_stages", "funding_stages_none": "funding_stages"}


def typed_now(data: QueryDict) -> QueryDict:
    """The same with codes as the words that stand for them.

    >>> typed_now(QueryDict("departments=sales&departments=legal")).urlencode()
    'departments=sales&departments_text=Legal'
    """
    said = data.copy()
    _untick(said)
    for name, key in LINES.items():
        if name in said:
            said[name] = _line(key, said.getlist(name))
    return said


def _untick(said: QueryDict) -> None:
    """Only departments that are offered stay ticked."""
    offered = {code for code, _label in department_choices()}
    ticked = said.getlist("departments")
    if others := [code for code in ticked if code not in offered]:
        said.setlist("departments", [code for code in ticked if code in offered])
        said["departments_text"] = _line("departments", [*said.getlist("departments_text"), *others])
    if not said.getlist("departments"):
        said.pop("departments", None)


def _line(key: str, lines: list[str]) -> str:
    words = [word for line in lines for word in split(line)]
    return join(dict.fromkeys(LABELS[key].get(word, word) for word in words))
