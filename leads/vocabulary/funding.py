"""Stages of funding as standard terms, and the ways that sources write them."""

import re

STAGES: dict[str, str] = {
    "bootstrapped": "Bootstrapped",
    "pre_seed": "Pre-seed",
    "seed": "Seed",
    "series_a": "Series A",
    "series_b": "Series B",
    "series_c": "Series C",
    "series_d": "Series D",
    "series_e_plus": "Series E and later",
    "growth": "Growth and private equity",
    "debt": "Debt and grants",
    "public": "Public",
    "acquired": "Acquired",
}
ALIASES = {
    "angel": "pre_seed",
    "preseed": "pre_seed",
    "accelerator": "pre_seed",
    "private_equity": "growth",
    "venture": "growth",
    "series_unknown": "growth",
    "grant": "debt",
    "debt_financing": "debt",
    "convertible_note": "seed",
    "ipo": "public",
    "listed": "public",
    "post_ipo_equity": "public",
    "post_ipo_debt": "public",
    "post_ipo_secondary": "public",
    "m_a": "acquired",
    "self_funded": "bootstrapped",
    "none": "bootstrapped",
}


def _code(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.strip().lower()).strip("_")


_LABELLED = {_code(label): code for code, label in STAGES.items()}


def normalise(text: str) -> str:
    """The code of a stage ("Series B", "IPO", "pre-seed"); "" if it is unknown. Series E to J are one stage."""
    code = _code(text)
    if re.fullmatch(r"series_[e-j]", code):
        return "series_e_plus"
    return code if code in STAGES else _LABELLED.get(code) or ALIASES.get(code, "")


def label(code: str) -> str:
    """What a person reads for a stage."""
    return STAGES.get(code, code)
