"""Reads tokens into items: at each place the longest thing that makes sense there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from leads.criteria.sentence.before import Before
from leads.criteria.sentence.choosing import choose
from leads.criteria.sentence.counting import count_at
from leads.criteria.sentence.items import Asked, Item, Steer, Strange
from leads.criteria.sentence.lexicon import LONGEST, ranges, words_by_role
from leads.criteria.sentence.phrases import Phrase
from leads.criteria.sentence.placing import unlisted_city
from leads.criteria.sentence.quantities import quantity_at
from leads.criteria.sentence.roles import Role, role_at
from leads.criteria.sentence.spelling import corrected
from leads.criteria.sentence.tokens import Token, tokens
from leads.vocabulary import funding

STEERING = ("excluded", "not", "nice", "must", "but")
CONTEXTS = ("place", "at", "technology", "company", "department", "level", "title", "keyword")
FLAGS = ("hiring", "new_in_role", "has_email", "has_phone")
_STOP = frozenset(".!?\n")
MOST_UNKNOWN_WORDS = 3


def scan(text: str, *, year: int) -> list[Item]:
    """Everything the sentence says, in its order; nothing is left out but words that only hold it together."""
    return list(_Scan(text, corrected(tokens(text)), year).items())


@dataclass(slots=True)
class _Scan:
    text: str
    found: Sequence[Token]
    year: int
    place: int = 0
    before: Before = field(default_factory=Before)

    def items(self) -> Iterator[Item]:
        readers: tuple[Callable[[], Iterator[Item] | None], ...] = (
            self._quoted,
            self._quantity,
            self._further_series,
            self._flag,
            self._said,
            self._range,
            self._steering,
            self._holding,
        )
        while self.place < len(self.found):
            yield from self._gap(self.found[self.place].gap)
            yield from next((items for read in readers if (items := read()) is not None), None) or self._strange()

    def _gap(self, gap: str) -> Iterator[Item]:
        """The punctuation before a token; what a colon opens holds to the end of its sentence."""
        at = self.found[self.place].start
        for mark, kind in ((_STOP, "stop"), (frozenset(";"), "semicolon"), (frozenset(",()"), "comma")):
            if mark & set(gap.strip(" \t") if kind == "stop" else gap) and (kind != "stop" or _ends(gap)):
                yield Steer(kind, at, at)
                self.before.ends(is_list=kind == "comma")
        if ")" in gap:
            yield Steer("close", at, at)
        if gap[-1:] == "-" and (len(gap) > 1 or self.place == 0):
            yield Steer("minus", at, at)

    def _quoted(self) -> Iterator[Item] | None:
        token = self.found[self.place]
        if not token.is_quoted:
            return None
        name = "titles" if self.before.context == "title" or self.before.continues("titles") else "keywords"
        words = " ".join(token.text[1:-1].split())
        return self._asked(1, Asked(token.start, token.end, name, (words,)) if words else None)

    def _quantity(self) -> Iterator[Item] | None:
        """A number with what counts it; words before the number belong to it."""
        token = self.found[self.place]
        start = self._signed(token)
        counted = count_at(self.text, self.found, self.place, year=self.year)
        quantity = counted or quantity_at(self.text, start, year=self.year)
        if quantity is None:
            return None
        size = sum(1 for each in self.found[self.place :] if each.end <= quantity.end)
        asked = Asked(start, quantity.end, quantity.field, (), quantity.min, quantity.max, is_guess=quantity.is_guess)
        return self._asked(size, asked) if size else None

    def _signed(self, token: Token) -> int:
        """Where a number begins, its sign included: ">= 50", "$10m"."""
        bare = token.gap.rstrip(" ")
        signs = len(bare) - len(bare.rstrip("$€£<>=≥≤~"))
        return token.start - signs - (len(token.gap) - len(bare)) if signs else token.start

    def _flag(self) -> Iterator[Item] | None:
        if self.found[self.place].raw == "new" and role_at(self.found, self.place + 1):
            new = self.found[self.place]
            return self._asked(1, Asked(new.start, new.end, "new_in_role", ("yes",), is_guess=True))
        size, kinds = self._spoken(FLAGS)
        role = role_at(self.found, self.place)
        if not size or (role and role.end > self.place + size):
            return None
        first, last = self.found[self.place], self.found[self.place + size - 1]
        return self._asked(size, Asked(first.start, last.end, kinds[0], ("yes",), is_guess=_is_guess(first)))

    def _said(self) -> Iterator[Item] | None:
        """A phrase of the vocabularies or a role; a longer word of steering comes first."""
        phrase = choose(self.found, self.place, self.before)
        role = role_at(self.found, self.place)
        steering, _ = self._spoken((*STEERING, "and"))
        size = max(phrase.size if phrase else 0, role.end - self.place if role else 0)
        if not size or steering > size or (steering == size and phrase is None):
            return None
        if (
            role
            and role.end - self.place >= size
            and not (phrase and (phrase.is_sure or self.before.expects(phrase.name)))
        ):
            return self._role(role)
        return self._phrase(phrase) if phrase else None

    def _range(self) -> Iterator[Item] | None:
        """ "startups", "mid-sized companies": a range in a word, which is never exact."""
        for size in (5, 4, 3, 2, 1):
            window = self.found[self.place : self.place + size]
            known = ranges().get(tuple(token.said for token in window))
            if known and not any(token.is_apart for token in window[1:]):
                name, low, high = known
                low = self.year - (low or 0) if name == "founded" else low
                return self._asked(
                    len(window), Asked(window[0].start, window[-1].end, name, (), low, high, is_guess=True)
                )
        return None

    def _further_series(self) -> Iterator[Item] | None:
        """ "Series A or B", "Series A to C": the letter that goes on with a list of stages, or ends a span of them."""
        token = self.found[self.place]
        if len(token.raw) != 1 or self.before.last != "funding_stages" or not funding.normalise(f"series {token.raw}"):
            return None
        is_span = token.gap.strip() in ("-", "–") or self.found[self.place - 1].raw == "to"
        first = (
            self.found[self.place - (2 if self.found[self.place - 1].raw == "to" else 1)].raw if is_span else token.raw
        )
        if not (self.before.is_list or (is_span and len(first) == 1)):
            return None
        letters = map(chr, range(ord(first), ord(token.raw) + 1))
        codes = tuple(dict.fromkeys(funding.normalise(f"series {letter}") for letter in letters))
        return self._asked(1, Asked(token.start, token.end, "funding_stages", codes))

    def _phrase(self, phrase: Phrase) -> Iterator[Item]:
        name, values, size = phrase.name, phrase.values, phrase.size
        first, last = self.found[self.place], self.found[self.place + size - 1]
        guess = any(_is_guess(token) for token in self.found[self.place : self.place + size])
        return self._asked(size, Asked(first.start, last.end, name, values, is_guess=guess))

    def _role(self, role: Role) -> Iterator[Item]:
        window = self.found[self.place : role.end]
        if self.before.context == "hiring":
            strange = Strange(window[0].start, window[-1].end, "what a company hires for cannot be asked yet")
            return self._passed(len(window), strange)
        named = {"titles": role.titles, "seniorities": role.seniorities, "departments": role.departments}
        (name, values), *others = [(name, values) for name, values in named.items() if values]
        guess = any(_is_guess(token) for token in window)
        asked = Asked(window[0].start, window[-1].end, name, values, others=dict(others), is_guess=guess)
        return self._asked(len(window), asked)

    def _steering(self) -> Iterator[Item] | None:
        size, kinds = self._spoken((*STEERING, "and"))
        if self.found[self.place].raw == "nice" and self._gap_after(1).startswith(":"):
            size, kinds = 1, ["nice"]
        if not size:
            return None
        first, last = self.found[self.place], self.found[self.place + size - 1]
        following = self._gap_after(size)
        if kinds[0] == "not" and following and self.found[self.place + size].raw == "only":
            return self._passed(size + 1, None)
        self.before.steers(kinds[0])
        return self._passed(size, Steer(kinds[0], first.start, last.end, is_block=":" in following))

    def _gap_after(self, size: int) -> str:
        return self.found[self.place + size].gap if self.place + size < len(self.found) else ""

    def _holding(self) -> Iterator[Item] | None:
        """A word that only tells what comes next, or nothing at all."""
        size, kinds = self._spoken((*CONTEXTS, "filler", "people", "leader"))
        if not size:
            return None
        told = next((kind for kind in kinds if kind in CONTEXTS), "")
        self.before.tells(told, is_spoken=self.found[self.place].raw)
        return self._passed(size, None)

    def _strange(self) -> Iterator[Item]:
        """A word that is in no list; right after "using", or in the list there, it is a technology all the same."""
        token = self.found[self.place]
        if city := unlisted_city(self.found, self.place, self.before):
            return self._phrase(city)
        if self.before.names_technology and not token.raw.isdecimal():
            size = 1 + sum(1 for _ in self._more())
            last = self.found[self.place + size - 1]
            named = self.text[token.start : last.end]
            return self._asked(size, Asked(token.start, last.end, "technologies", (named,), is_guess=True))
        self.before.breaks()
        return self._passed(1, Strange(token.start, token.end))

    def _more(self) -> Iterator[Token]:
        """The capitalised words that go on with the name of a technology."""
        for token in self.found[self.place + 1 : self.place + MOST_UNKNOWN_WORDS]:
            if token.is_apart or not token.text[:1].isupper() or (token.word,) in words_by_role():
                return
            yield token

    def _asked(self, size: int, asked: Asked | None) -> Iterator[Item]:
        token = self.found[self.place]
        if asked is None:
            return self._passed(size, None)
        listed = self.before.is_list
        self.before.asks(asked.name)
        return self._passed(size, replace(asked, is_apart=token.is_apart, is_listed=listed))

    def _passed(self, size: int, item: Item | None) -> Iterator[Item]:
        self.place += size
        return iter((item,) if item else ())

    def _spoken(self, kinds: Sequence[str]) -> tuple[int, list[str]]:
        """The longest phrase here that does one of these things: how many tokens, and which things in order."""
        for size in range(min(LONGEST, len(self.found) - self.place), 0, -1):
            window = self.found[self.place : self.place + size]
            if any(token.is_apart for token in window[1:]):
                continue
            done = words_by_role().get(tuple(token.said for token in window), frozenset())
            if told := [kind for kind in kinds if kind in done]:
                return size, told
        return 0, []


def _ends(gap: str) -> bool:
    return any(mark in gap for mark in "!?\n") or ". " in f"{gap} "


def _is_guess(token: Token) -> bool:
    return bool(token.meant)
