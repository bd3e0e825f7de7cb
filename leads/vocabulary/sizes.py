"""Company sizes: LinkedIn's eight bands of employees, and the ways that sources write them."""

import re
from dataclasses import dataclass
from math import isclose, sqrt


@dataclass(frozen=True, slots=True)
class Band:
    """Employees from `low` to `high`; `high` None is open-ended."""

    code: str
    low: int
    high: int | None

    @property
    def label(self) -> str:
        return f"{self.low:,} to {self.high:,}" if self.high else f"{self.low - 1:,} and more"


BANDS = (
    Band("1-10", 1, 10),
    Band("11-50", 11, 50),
    Band("51-200", 51, 200),
    Band("201-500", 201, 500),
    Band("501-1000", 501, 1_000),
    Band("1001-5000", 1_001, 5_000),
    Band("5001-10000", 5_001, 10_000),
    Band("10001+", 10_001, None),
)
# Words for sizes. Small, medium and large as Y Combinator's directory uses them (its head counts: to 10, to 50, above).
WORDS: dict[str, tuple[int, int | None]] = {
    "self employed": (1, 1),
    "myself only": (1, 1),
    "small": (1, 10),
    "medium": (11, 50),
    "large": (51, None),
    "sme": (1, 249),
    "enterprise": (1_001, None),
}
MOST_DIGITS = 20  # with their separators
_NUMBER = r"(\d[\d,.' ]*)\s*([km]?)"
_RANGE = re.compile(rf"^{_NUMBER}\s*(?:-|–|—|to|bis|\.\.)\s*{_NUMBER}$")
_OPEN = re.compile(rf"^(?:>|over|more than|ab|>=)?\s*{_NUMBER}\s*(?:\+|and more|or more|plus)?$")
_CLOSED = re.compile(rf"^(?:<|<=|under|up to|bis)\s*{_NUMBER}$")
_NOISE = re.compile(r"\b(?:employees?|people|staff|mitarbeitende|mitarbeiter|headcount)\b")


def parse(text: str) -> tuple[int | None, int | None]:
    """(low, high) of "51-200", "1,001 to 5,000", "10K+", "Large " or "58"; (None, None) if it says no size."""
    spelled = " ".join(_NOISE.sub(" ", text.lower().replace("_", " ")).split())
    if spelled in WORDS:
        return WORDS[spelled]
    if found := _RANGE.match(spelled):
        edges = _number(found[1], found[2] or found[4]), _number(found[3], found[4])
        return edges if None not in edges else (None, None)
    if found := _CLOSED.match(spelled):
        high = _number(found[1], found[2])
        return (1, high) if high else (None, None)
    if found := _OPEN.match(spelled):
        low = _number(found[1], found[2])
        return (low, None) if re.search(r"[>+a-z]", spelled.removesuffix(found[2] or "\n")) else (low, low)
    return None, None


def band_of(employees: int) -> Band:
    """The band of a head count; a count below one belongs to the smallest."""
    return next(band for band in BANDS if band.high is None or employees <= band.high)


def in_words(employees: float) -> str:
    """A head count, or the band whose geometric mean it is: 120 -> "about 120 people", 707.81 -> "501 to 1,000 people"."""
    band = band_of(round(employees))
    if band.high and isclose(employees, sqrt(band.low * band.high), rel_tol=1e-6):
        return f"{band.label} people"
    return f"about {employees:,.0f} people"


def _number(digits: str, factor: str) -> int | None:
    """Thousands separators off; with K or M a decimal point is one: "1.5k" -> 1500. None if it is no number of people."""
    if len(digits) > MOST_DIGITS:
        return None
    if not factor:
        return int(re.sub(r"\D", "", digits))
    try:
        return round(float(digits.strip().replace(",", ".")) * {"k": 1_000, "m": 1_000_000}[factor])
    except ValueError:
        return None
