"""Invents companies: name, trade, size, money, technologies, and what happens there."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from leads.sample.chance import digits, draw, free, number_of_nobody, spelled, weighted
from leads.sample.lists import Market, Trade, cultures, markets, trades

# Companies by head count (from, to, weight): most are small, as in any register.
SIZES = (
    (1, 10, 20),
    (11, 50, 29),
    (51, 200, 24),
    (201, 500, 12),
    (501, 1_000, 7),
    (1_001, 5_000, 6),
    (5_001, 20_000, 2),
)
PATTERNS = ("first.last", "first.last", "first.last", "flast", "first", "f.last", "firstlast", "last", "first_last")
STAGES = ("pre_seed", "seed", "seed", "series_a", "series_a", "series_b", "series_c")
HIRING = ("Sales", "Engineering", "Marketing", "Operations", "Customer Success", "IT", "Finance", "Product")
YOUNG_TRADES = ("software", "data", "internet", "biotech", "e-learning", "computer", "renewable", "semiconductor")
LATEST_YEAR = 2024
ON_THE_MOVE, ON_THE_MOVE_YOUNG = 0.12, 0.18


@dataclass(frozen=True, slots=True)
class News:
    """What happens at a company: days before the loading, None where nothing did; growth in percent of a year."""

    hiring: int | None
    hiring_for: str
    funded: int | None
    growth: int | None
    expansion: int | None


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented company; `share` says how many of the sample's people work there, in proportion to others."""

    number: int
    name: str
    domain: str
    market: Market
    region: str
    city: str
    trade: Trade
    employees: int
    revenue_usd: int
    founded: int
    stage: str
    technologies: tuple[str, ...]
    keywords: tuple[str, ...]
    phone: str
    pattern: str
    news: News
    share: float

    @property
    def description(self) -> str:
        return self.trade.description.format(topic=" and ".join(self.keywords[:2]))


def firms(seed: int, count: int) -> Iterator[Firm]:
    """The first `count` companies of the seed; no two share a domain."""
    taken: set[str] = set()
    for number in range(count):
        yield _firm(draw(seed, "firm", number), draw(seed, "switchboard", number), number, taken)


def _firm(chance: Random, lines: Random, number: int, taken: set[str]) -> Firm:
    market, trade = weighted(chance, markets()), weighted(chance, trades())
    region, city = market.cities[min(int(chance.expovariate(0.5)), len(market.cities) - 1)]
    employees = _employees(chance)
    is_young = trade.industry.startswith(YOUNG_TRADES)
    stem = _stem(chance, market, trade, city)
    founded = LATEST_YEAR - min(round(chance.expovariate(1 / (9 if is_young else 30))) + 1, 180)
    stage = _stage(chance, employees) if is_young else ""
    return Firm(
        number=number,
        name=f"{stem} {chance.choice((market.forms[0], *market.forms))}",
        domain=free(spelled(stem, market.language), ".example", taken),
        market=market,
        region=region,
        city=city,
        trade=trade,
        employees=employees,
        revenue_usd=round(employees * chance.lognormvariate(11.9, 0.5) / 10_000) * 10_000,
        founded=founded,
        stage=stage,
        technologies=tuple(
            sorted(chance.sample(trade.technologies, chance.randint(1, min(6, len(trade.technologies)))))
        ),
        keywords=tuple(chance.sample(trade.keywords, min(3, len(trade.keywords)))),
        phone=number_of_nobody(lines, market.landlines, taken=taken) or digits(lines, market.landlines[0]),
        pattern=chance.choice(PATTERNS),
        news=_news(chance, is_young=is_young, has_round=stage in STAGES),
        share=0.0 if employees < 30 and chance.random() < 0.3 else employees**0.45 * chance.uniform(0.5, 1.5),
    )


def _employees(chance: Random) -> int:
    low, high, _ = chance.choices(SIZES, [weight for *_, weight in SIZES])[0]
    return round(low * (high / low) ** chance.random())


def _stem(chance: Random, market: Market, trade: Trade, city: str) -> str:
    """The name without its legal form: "Nordlicht Software", "Bauer & Koch Logistik", "Lyon Cargo"."""
    culture, word = cultures()[market.culture], chance.choice(trade.names_in(market.language))
    kind = chance.random()
    if kind < 0.34:
        return f"{chance.choice(culture.words)} {word}"
    if kind < 0.52:
        first, second = chance.sample(culture.words, 2)
        return f"{first}{second.lower()} {word}" if market.language == "de" else f"{first} {second} {word}"
    if kind < 0.78:
        return f"{chance.choice(culture.families)} {word}"
    if kind < 0.92:
        return f"{chance.choice(culture.families)} & {chance.choice(culture.families)} {word}"
    return f"{city} {chance.choice(culture.words)} {word}"


def _stage(chance: Random, employees: int) -> str:
    if employees > 1_000:
        return chance.choice(("public", "growth", "acquired"))
    return "bootstrapped" if chance.random() < 0.35 else chance.choice(STAGES)


def _news(chance: Random, *, is_young: bool, has_round: bool) -> News:
    """Good news comes together: a company on the move hires, grows and often opens a place or raises money at once."""
    if chance.random() < (ON_THE_MOVE_YOUNG if is_young else ON_THE_MOVE):
        return News(
            hiring=chance.randint(1, 40),
            hiring_for=chance.choice(HIRING),
            funded=chance.randint(3, 150) if has_round else None,
            growth=round(chance.uniform(15, 60)),
            expansion=chance.randint(5, 90) if chance.random() < 0.6 else None,
        )
    return News(
        hiring=chance.randint(1, 120) if chance.random() < (0.4 if is_young else 0.25) else None,
        hiring_for=chance.choice(HIRING),
        funded=chance.randint(3, 700) if has_round and chance.random() < 0.6 else None,
        growth=round(chance.gauss(12 if is_young else 2, 18)) if chance.random() < 0.5 else None,
        expansion=chance.randint(10, 300) if chance.random() < 0.07 else None,
    )
