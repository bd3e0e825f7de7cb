"""What a benchmark says: one figure, as one JSON line."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` in `unit`, from `n` items; `ratio` is the value divided by that of `against`, None where there is no peer."""

    name: str
    value: float
    unit: str
    ratio: float | None
    against: str
    n: int

    def to_json(self) -> str:
        rounded = {"value": round(self.value, 4), "ratio": None if self.ratio is None else round(self.ratio, 4)}
        return json.dumps(asdict(self) | rounded, ensure_ascii=False)
