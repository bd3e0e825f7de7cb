"""What the builder offers to tick: the industries and places most often asked for, and the closed lists."""

from leads.vocabulary import funding, industries, places, titles

Choices = list[tuple[str, str]]
Groups = list[tuple[str, Choices]]

_INDUSTRIES = {
    "Make and build": ("manufacturing", "construction", "utilities", "oil-gas-and-mining", "farming-ranching-forestry"),
    "Technology": ("software-development", "it-services-and-it-consulting", "telecommunications"),
    "Trade and transport": ("wholesale", "retail", "transportation-logistics-supply-chain-and-storage"),
    "Services": (
        "financial-services",
        "professional-services",
        "administrative-and-support-services",
        "real-estate-and-equipment-rental-services",
        "accommodation-services",
    ),
    "Health and public": ("hospitals-and-health-care", "education", "government-administration"),
}
_SHORT = {
    "transportation-logistics-supply-chain-and-storage": "Transport and Logistics",
    "administrative-and-support-services": "Administrative Services",
    "real-estate-and-equipment-rental-services": "Real Estate and Rental",
    "accommodation-services": "Hotels and Restaurants",
    "it-services-and-it-consulting": "IT Services and Consulting",
}
_REGIONS = ("dach", "benelux", "nordics", "uk-ireland", "cee", "europe", "north-america", "apac")
_COUNTRIES = ("DE", "AT", "CH", "GB", "FR", "NL", "IT", "ES", "SE", "PL", "US", "CA")


def industry_groups() -> Groups:
    """Industry codes by trade, the label short enough for a tick."""
    return [
        (group, [(code, _SHORT.get(code) or industries.label(code)) for code in codes])
        for group, codes in _INDUSTRIES.items()
    ]


def place_groups() -> Groups:
    """Terms of places: groups of countries, then countries."""
    regions = [f"region:{code}" for code in _REGIONS]
    return [
        ("Regions", [(term, places.label(term)) for term in regions]),
        ("Countries", [(code, places.label(code)) for code in _COUNTRIES]),
    ]


def seniorities() -> Choices:
    """From the most authority to the least."""
    return list(reversed(titles.SENIORITIES.items()))


def departments() -> Choices:
    return list(titles.DEPARTMENTS.items())


def funding_stages() -> Choices:
    return list(funding.STAGES.items())
