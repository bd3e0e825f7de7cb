"""The SEC's own codes of places: two letters are a state of the United States, others a country or a Canadian province."""

from __future__ import annotations

CANADA = {"A0": "AB", "A1": "BC", "A2": "MB", "A3": "NB", "A4": "NL", "A5": "NS", "A6": "ON", "A7": "PE", "A8": "QC"}
CANADA |= {"A9": "SK", "B0": "YT"}
FOREIGN = (
    "2M=DE C3=AU C4=AT C9=BE D0=BM D5=BR E9=KY F4=CN F5=TW G7=DK H9=FI I0=FR K3=HK K7=IN L2=IE "
    "L3=IL L6=IT M0=JP M5=KR N4=LU O5=MX P7=NL Q2=NZ Q8=NO T3=ZA U0=SG U3=ES V7=SE V8=CH X0=GB"
)
COUNTRIES: dict[str, str] = dict(pair.split("=") for pair in FOREIGN.split())


def place_of(code: str) -> tuple[str, str]:
    """Country and region; "" for what is not known.

    >>> place_of("CA"), place_of("A6"), place_of("X0"), place_of("Z9")
    (('US', 'CA'), ('CA', 'ON'), ('GB', ''), ('', ''))
    """
    if len(code) == 2 and code.isalpha():
        return "US", code
    return ("CA", CANADA[code]) if code in CANADA else (COUNTRIES.get(code, ""), "")
