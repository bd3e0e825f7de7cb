"""What was read of a sentence so far, as far as it tells what comes next."""

from dataclasses import dataclass

_LASTING = frozenset({"technology", "title", "department", "level"})


@dataclass(slots=True)
class Before:
    """What was read so far, as far as it matters: the last word that told what follows, and the list one is in."""

    context: str = ""
    last: str = ""
    preposition: str = ""
    is_list: bool = False

    def continues(self, name: str) -> bool:
        return self.is_list and self.last == name

    def expects(self, name: str) -> bool:
        """Whether the sentence just said that this kind of thing follows."""
        return {"department": "departments", "level": "seniorities"}.get(self.context) == name

    @property
    def names_technology(self) -> bool:
        """Whether a word of no list is one: "using X", "using SAP and X", but not "using SAP in X" or "using SAP X"."""
        return self.context == "technology" and (bool(self.preposition) or self.continues("technologies"))

    def asks(self, name: str) -> None:
        self.last, self.is_list = name, False
        self.context = "hiring" if name == "hiring" else self.context if self.context in _LASTING else ""
        self.preposition = ""

    def tells(self, kind: str, *, is_spoken: str) -> None:
        if is_spoken in ("a", "an", "the", "any", "of", "their", "our"):
            return
        self.context = kind or (self.context if self.context in _LASTING else "")
        self.preposition = is_spoken
        self.is_list = False

    def steers(self, kind: str) -> None:
        self.is_list = self.is_list or kind == "and"

    def ends(self, *, is_list: bool) -> None:
        self.is_list = is_list
        if not is_list:
            self.context, self.last = "", ""

    def breaks(self) -> None:
        self.is_list = False
        if self.context != "technology":
            self.context = ""
