"""Searches to start from: common needs of people who sell, as criteria that one edits further."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from leads.criteria import Criteria


@dataclass(frozen=True, slots=True)
class StockSearch:
    """`key` stands in addresses; `need` says in a line when it helps."""

    key: str
    title: str
    need: str
    asked: dict[str, Any]

    @property
    def criteria(self) -> Criteria:
        return Criteria.from_json(self.asked)


STOCK = {
    search.key: search
    for search in (
        StockSearch(
            "tech-leaders",
            "Technology leaders at growing software companies",
            "For tools and services that engineers use.",
            {
                "industries": {"values": ["software-development", "it-services-and-it-consulting"]},
                "departments": {"values": ["engineering", "it", "product"]},
                "employees": {"min": 50, "max": 500},
                "seniorities": {"values": ["c_level", "vp", "director", "founder"], "level": "nice"},
                "hiring": "nice",
            },
        ),
        StockSearch(
            "finance-industry",
            "Finance decision makers in industry",
            "For software, credit and advice that the finance office buys.",
            {
                "industries": {"values": ["manufacturing", "wholesale", "construction"]},
                "departments": {"values": ["finance"]},
                "employees": {"min": 51, "max": 1000},
                "seniorities": {"values": ["c_level", "director", "vp"], "level": "nice"},
                "email": "nice",
            },
        ),
        StockSearch(
            "owners",
            "Owners and founders of small companies",
            "For what the boss decides alone.",
            {
                "seniorities": {"values": ["founder", "owner", "c_level"]},
                "employees": {"min": 1, "max": 50},
                "email": "must",
                "phone": "nice",
            },
        ),
        StockSearch(
            "new-buyers",
            "New heads of marketing and sales",
            "Whoever is new in a role reviews what is bought.",
            {
                "departments": {"values": ["marketing", "sales"]},
                "seniorities": {"values": ["c_level", "vp", "director", "manager"]},
                "new_in_role": "nice",
                "email": "nice",
            },
        ),
    )
}
