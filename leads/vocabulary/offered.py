"""What the builder offers to tick: the industries and places that are most often asked for, and the closed lists."""

from leads.vocabulary import industries, places, titles

Choices = list[tuple[str, str]]

_INDUSTRIES = (
    "manufacturing",
    "software-development",
    "financial-services",
    "retail",
    "it-services-and-it-consulting",
    "professional-services",
    "construction",
    "hospitals-and-health-care",
    "transportation-logistics-supply-chain-and-storage",
)
_SHORT = {
    "transportation-logistics-supply-chain-and-storage": "Transport and Logistics",
    "it-services-and-it-consulting": "IT and Consulting",
    "hospitals-and-health-care": "Health Care",
}
_PLACES: tuple[str, ...] = (
    *("region:dach", "region:benelux", "region:nordics", "region:uk-ireland", "region:europe", "region:north-america"),
    *("DE", "AT", "CH", "GB", "FR", "US"),
)
_DEPARTMENTS = ("executive", "sales", "marketing", "engineering", "it", "finance", "hr", "operations", "procurement")


def industry_choices() -> Choices:
    """The industries that are most often asked for, the label short enough for a tick; all others are searched for."""
    return [(code, _SHORT.get(code) or industries.label(code)) for code in _INDUSTRIES]


def place_choices() -> Choices:
    """Groups of countries, then countries; all others are searched for."""
    return [(term, places.label(term)) for term in _PLACES]


def seniorities() -> Choices:
    """From the most authority to the least."""
    return list(reversed(titles.SENIORITIES.items()))


def department_choices() -> Choices:
    """Those that most sales go to; all others are searched for."""
    return [(code, titles.DEPARTMENTS[code]) for code in _DEPARTMENTS]
