"""The order of what the directory finds: the stored rank, and points for wishes by what they are worth to the score."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Case, F, Q, When

from leads.criteria import Criteria
from leads.directory import conditions, wording
from leads.directory.refreshing import SENIORITY_RANK
from leads.sources.base import SearchRequest
from leads.sources.worth import Worth
from leads.vocabulary.titles import parse, stands_in

LITERAL = 6  # what a title is worth that says what was asked for in the same words, over one that means the same
POSITION = ("titles", "seniorities", "departments")


def fit_of_people(request: SearchRequest) -> Any:
    """Without any wish it is the rank, by its index."""
    nices = conditions.nices_of_people(_wished(request))
    if not request.worth.roles:
        return _sum(nices, request.worth)
    others = {name: nice for name, nice in nices.items() if name not in POSITION}
    return _sum(others, request.worth) + _position(request.worth)


def fit_of_companies(request: SearchRequest) -> Any:
    return _sum(conditions.nices_of_companies(_wished(request)), request.worth)


def _wished(request: SearchRequest) -> Criteria:
    """What the search would like, and where it says nothing what the workspace's wishes are."""
    own: dict[str, Any] = {criterion.name: criterion.asked for criterion in request.criteria.nices()}
    return replace(request.wishes, **own)


def _sum(nices: dict[str, Q], worth: Worth) -> Any:
    points = [Case(When(nice, then=worth.of(name)), default=0) for name, nice in nices.items()]
    return sum(points, start=F("rank"))


def _position(worth: Worth) -> Case:
    """Points of the first title or role that a person has, in place of what the rank counts for the seniority."""
    return Case(*_titles(worth), *_roles(worth), default=0)


def _titles(worth: Worth) -> Iterable[When]:
    """All that were asked for in those words first, then all that say the same in others."""
    for is_literal, more in ((True, LITERAL), (False, 0)):
        for title, points in worth.titles:
            spelled = [each for each in wording.titles_like(title) if stands_in(title, each) or not is_literal]
            yield When(title__in=spelled, then=points + more - SENIORITY_RANK.get(parse(title).seniority, 0))


def _roles(worth: Worth) -> Iterable[When]:
    """The widest last: which positions most people have is not known, but that they are outside what is sought."""
    for role in sorted(worth.roles, key=lambda each: len(each.departments)):
        for seniority in role.seniorities:
            points = role.points - SENIORITY_RANK.get(seniority, 0)
            yield When(seniority=seniority, department__in=role.departments, then=points)
