"""Ways out where little matches: close titles as well, or one filter less, each with what it would find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from leadengine.workflows.briefs import Brief
from leadengine.workflows.counting import LOOK, count_all, total
from leadengine.workflows.desk import Desk
from leads.criteria import Criteria, Criterion, Range, Terms
from leads.criteria.terms import FIELDS
from leads.directory import wording
from leads.sources import registry
from leads.sources.base import Count, SourceError

FEW = 25  # matches under which the ways out are told
MOST_LOOSENINGS = 4
TITLES, NEW_ONLY = "close_titles", "new_only"


@dataclass(frozen=True, slots=True)
class Loosening:
    """One step that finds more: `matches` is what would be found then.

    `key` is the filter that is only nice to have, by its key in the criteria's JSON form; or `new_only`, with how many of
    the matches are `known`; or `close_titles`, which are the `titles` to ask for besides.
    """

    key: str
    label: str
    matches: Count
    titles: tuple[str, ...] = ()
    known: int = 0

    @property
    def note(self) -> str:
        """What is to be known of the matches."""
        if not self.known:
            return ""
        return "all known, so free" if self.known == self.matches.value else f"{self.known:,} known, so free"

    @property
    def said(self) -> str:
        """What to do, as a link or a line of a list says it."""
        if self.titles:
            *most, last = self.titles
            return f"Also take titles like {', '.join(most)} and {last}" if most else f"Also take titles like {last}"
        return "Also take leads we know" if self.key == NEW_ONLY else f"{self.label} only nice to have"

    def to_json(self) -> dict[str, Any]:
        told = {"key": self.key, "label": self.label, "matches": self.matches.value}
        told |= {"known": self.known} if self.known else {}
        return told | {"titles": list(self.titles)} if self.titles else told


def loosenings(desk: Desk, brief: Brief, matches: int) -> tuple[Loosening, ...]:
    """The known leads that were left out come first, for they are free; then close titles, if they find anybody more; then
    what each filter keeps away, the most first.

    Going without a filter is told as far as it at least doubles what the sources have now, whoever of them is left out
    for another reason; `matches` are those that would come now. Nothing while a source does not answer:
    what each would find is not known then.
    """
    close = _close_titles(brief)
    ways = [*_with_titles(brief, close), *_without_one(brief)]
    try:
        now, *found = counts(desk, [brief, *(way for _key, _label, way in ways)])
    except SourceError:
        return ()
    told = [Loosening(key, label, count) for (key, label, _way), count in zip(ways, found, strict=True)]
    more = {each.key: each for each in told if each.matches.value > (matches if each.key == NEW_ONLY else now.value)}
    known = _with_known(desk, brief, more[NEW_ONLY], matches) if NEW_ONLY in more else ()
    titled = [replace(each, titles=close) for key, each in more.items() if key == TITLES]
    rest = [each for key, each in more.items() if key not in (TITLES, NEW_ONLY) and each.matches.value >= 2 * now.value]
    most_first = [*titled, *sorted(rest, key=lambda each: -each.matches.value)]
    asked = {key: way for key, _label, way in ways}
    exact = [_looked_at(desk, each, asked[each.key]) for each in most_first[: MOST_LOOSENINGS - len(known)]]
    return (*known, *(each for each in exact if each.matches.value > matches))


def counts(desk: Desk, briefs: Sequence[Brief]) -> list[Count]:
    """Of briefs that differ in what they ask for, not in whom they ask: each source at hand is asked once for all.

    Raises `SourceError` while one of them does not answer.
    """
    requests = [desk.request(brief) for brief in briefs]
    sources = [source for source in map(registry.get, briefs[0].sources if briefs else ()) if source.is_counted]
    answers = [source.counts(requests) for source in sources]
    return [total([each[place] for each in answers]) for place in range(len(requests))]


def _looked_at(desk: Desk, way: Loosening, brief: Brief) -> Loosening:
    """The way with what a run would deliver then, where that is what the number of matches itself says: of few."""
    if way.matches.value > LOOK:
        return way
    at_hand = [name for name in brief.sources if registry.get(name).is_counted]
    found, failures = count_all(desk, desk.request(brief), at_hand)
    return way if failures else replace(way, matches=total(found.values()))


def _with_known(desk: Desk, brief: Brief, way: Loosening, matches: int) -> tuple[Loosening, ...]:
    """The way with how many are known: what a run would deliver with and without them is compared, so that neither a
    duplicate in a source nor one who is left out for another reason counts. Nothing where nobody is known."""
    found, failures = count_all(desk, desk.request(replace(brief, new_only=False)), brief.sources)
    delivered = total(found.values())
    known = 0 if failures else delivered.value - matches
    return (replace(way, matches=delivered, known=known),) if known > 0 else ()


def _close_titles(brief: Brief) -> tuple[str, ...]:
    titles = brief.criteria.titles
    return tuple(wording.titles_close_to(titles.values)) if titles.level == "must" and titles.values else ()


def _with_titles(brief: Brief, close: tuple[str, ...]) -> list[tuple[str, str, Brief]]:
    if not close:
        return []
    asked = brief.criteria.titles
    wider = replace(asked, values=(*asked.values, *close))
    return [(TITLES, "Close titles", replace(brief, criteria=replace(brief.criteria, titles=wider)))]


def _without_one(brief: Brief) -> list[tuple[str, str, Brief]]:
    ways = [
        (FIELDS[each.name], each.label, replace(brief, criteria=_without(brief.criteria, each)))
        for each in brief.criteria.musts()
    ]
    if brief.new_only:
        ways.append((NEW_ONLY, "Leave out leads that we know", replace(brief, new_only=False)))
    return ways


def _without(criteria: Criteria, criterion: Criterion) -> Criteria:
    """The criterion only nice to have, and without its exclusions."""
    asked = criterion.asked
    looser: Any = "nice"
    if isinstance(asked, Terms):
        looser = replace(asked, excluded=(), level="nice")
    elif isinstance(asked, Range):
        looser = replace(asked, level="nice")
    return replace(criteria, **{criterion.name: looser})
