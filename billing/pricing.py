"""What things cost: the price list as data, and the quote made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from billing.models import Price, PriceKind

NAMED = 3  # sources of one price; more are counted
ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)
FIRST_PRICES = (
    (PriceKind.DELIVERY, "", Decimal("1.00")),
    (PriceKind.DELIVERY, "file", Decimal("0.00")),
    (PriceKind.EMAIL_CHECK, "", Decimal("0.50")),
    (PriceKind.PHONE_CHECK, "", Decimal("2.00")),
    (PriceKind.PROFILE, "", Decimal("1.00")),
    (PriceKind.COMPANY_FACTS, "", Decimal("1.00")),
)


class UnknownPrice(Exception):
    """Nothing can be charged for this kind, because no price of it is valid."""


@dataclass(frozen=True, slots=True)
class PriceList:
    """The prices valid at one moment; credits by (kind, source).

    The source "" is the kind's default; "file:connections" costs what "file" does, if it has no price of its own.
    """

    amounts: Mapping[tuple[str, str], Decimal]

    def of(self, kind: str, source: str = "") -> Decimal:
        """Credits for one unit from `source`; raises UnknownPrice when neither it nor the kind has a price."""
        names = (source, source.partition(":")[0], "")
        amount = next((self.amounts[kind, name] for name in names if (kind, name) in self.amounts), None)
        if amount is None:
            raise UnknownPrice(f"There is no price for “{kind}” yet. Ask the operator to add one.")
        return amount


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One kind of charge: credits a unit, and how many units at most and as expected."""

    label: str
    source: str
    unit_price: Decimal
    quantity_at_most: int
    quantity_expected: int
    kind: str = PriceKind.DELIVERY

    @property
    def at_most(self) -> Decimal:
        return self.unit_price * self.quantity_at_most

    @property
    def expected(self) -> Decimal:
        return self.unit_price * self.quantity_expected

    def to_json(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "source": self.source,
            "unit_price": str(self.unit_price),
            "quantity_at_most": self.quantity_at_most,
            "quantity_expected": self.quantity_expected,
            "kind": str(self.kind),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> QuoteLine:
        return cls(**{**data, "unit_price": Decimal(data["unit_price"])})


@dataclass(frozen=True, slots=True)
class Quote:
    """What a piece of work will cost, line by line, before it starts."""

    lines: tuple[QuoteLine, ...]

    @property
    def at_most(self) -> Decimal:
        return sum((line.at_most for line in self.lines), Decimal("0.00"))

    @property
    def expected(self) -> Decimal:
        return sum((line.expected for line in self.lines), Decimal("0.00"))

    @property
    def items(self) -> tuple[QuoteLine, ...]:
        """The lines as a bill prints them: what sources of one price may deliver between them is one line."""
        alike: dict[tuple[str, Decimal], list[QuoteLine]] = {}
        for line in self.lines:
            alike.setdefault((line.kind, line.unit_price), []).append(line)
        return tuple(_together(lines) for lines in alike.values())

    def of(self, kind: str) -> Quote:
        """Only the lines of one kind."""
        return Quote(tuple(line for line in self.lines if line.kind == kind))

    @property
    def leads_at_most(self) -> int:
        return sum(line.quantity_at_most for line in self.lines if line.kind == PriceKind.DELIVERY)

    @property
    def leads_expected(self) -> int:
        return sum(line.quantity_expected for line in self.lines if line.kind == PriceKind.DELIVERY)

    def to_json(self) -> dict[str, Any]:
        return {"lines": [line.to_json() for line in self.lines]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Quote:
        return cls(tuple(QuoteLine.from_json(line) for line in data["lines"]))


def _together(lines: Sequence[QuoteLine]) -> QuoteLine:
    if len(lines) == 1:
        return lines[0]
    names = [line.label for line in lines]
    label = (
        f"{', '.join(names[:-1])} and {names[-1]}" if len(names) <= NAMED else f"Leads of {len(names)} sources together"
    )
    at_most, expected = (sum(getattr(line, f"quantity_{each}") for line in lines) for each in ("at_most", "expected"))
    return replace(lines[0], label=label, source="", quantity_at_most=at_most, quantity_expected=expected)


def prices(at: datetime) -> PriceList:
    """The price list of that moment: of each kind and source, the row that became valid last."""
    rows = Price.objects.filter(valid_from__lte=at).order_by("kind", "source", "-valid_from")
    latest = rows.distinct("kind", "source").values_list("kind", "source", "amount")
    return PriceList({(kind, source): amount for kind, source, amount in latest})


def seed_prices(model: type[Price] = Price) -> None:
    """Gives an installation its first prices; may be repeated. A migration passes its historical model."""
    for kind, source, amount in FIRST_PRICES:
        model.objects.get_or_create(kind=kind, source=source, valid_from=ALWAYS, defaults={"amount": amount})
