"""Three searches as a sales rep would make them; what must be is broad, what is nice tells the grades apart."""

from __future__ import annotations

from typing import Any

MOST_LEADS = 250
STOCK_SEARCHES: dict[str, dict[str, Any]] = {
    "IT heads in DACH": {
        "places": {"values": ["region:dach"], "level": "must"},
        "departments": {"values": ["it", "engineering"], "level": "must"},
        "industries": {
            "values": ["technology-information-and-internet", "it-services-and-it-consulting"],
            "level": "nice",
        },
        "seniorities": {"values": ["c_level", "vp", "director", "manager"], "level": "nice"},
        "employees": {"min": 51, "max": 1000, "level": "nice"},
        "hiring": "nice",
    },
    "Finance directors in northern manufacturing": {
        "places": {"values": ["region:uk-ireland", "region:nordics", "region:benelux"], "level": "must"},
        "departments": {"values": ["finance", "operations"], "level": "must"},
        "industries": {"values": ["manufacturing", "wholesale"], "level": "nice"},
        "seniorities": {"values": ["c_level", "director", "vp"], "level": "nice"},
        "employees": {"min": 51, "max": 2000, "level": "nice"},
    },
    "Marketing leads in western retail and health": {
        "places": {"values": ["US", "CA", "region:europe"], "level": "must"},
        "departments": {"values": ["marketing", "sales"], "level": "must"},
        "email": "must",
        "industries": {
            "values": [
                "retail",
                "wholesale",
                "hospitals-and-health-care",
                "food-and-beverage-manufacturing",
                "medical-equipment-manufacturing",
            ],
            "level": "nice",
        },
        "seniorities": {"values": ["director", "manager", "vp", "c_level"], "level": "nice"},
        "employees": {"min": 51, "max": 500, "level": "nice"},
    },
}
