"""Numbers, times and names as people read them; pure."""

from datetime import datetime
from decimal import Decimal

_STEPS = ((60, "min"), (3600, "h"), (86_400, "d"))


def amount(value: Decimal | int) -> str:
    """Credits with thousands separated and at most two places: `1,840`, `0.5`, `-12.25`."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def signed(value: int) -> str:
    """A step, with its sign: `+7`, `−2`."""
    return f"{value:+,d}".replace("-", "−")


def plural(value: Decimal | int, unit: str) -> str:
    """The unit as it follows the number: `1 credit`, `0.5 credits`."""
    return unit if value == 1 else f"{unit}s"


def in_credits(value: Decimal | int) -> str:
    """A number of credits with its unit: `1 credit`, `1,840 credits`."""
    return f"{amount(value)} {plural(value, 'credit')}"


def relative(moment: datetime, now: datetime) -> str:
    """How far `moment` is from `now`: `just now`, `5 min ago`, `in 2 h`, `3 d ago`; from 30 days on the date."""
    seconds = (now - moment).total_seconds()
    distance = abs(seconds)
    if distance < 60:
        return "just now"
    if distance >= 30 * 86_400:
        return f"{moment.day} {moment:%b %Y}"
    size, unit = next(step for step in reversed(_STEPS) if distance >= step[0])
    count = f"{int(distance // size)} {unit}"
    return f"{count} ago" if seconds > 0 else f"in {count}"


def initials(name: str) -> str:
    """First letters of the first and last word, of an e-mail address its first letter; `?` for no name."""
    words = [word for word in name.partition("@")[0].replace(".", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def cut(text: str, most: int) -> str:
    """The text, or its beginning up to the end of a word, with "…", in at most so many characters."""
    if len(text) <= most:
        return text
    begun = text[: most - 1]
    if text[most - 1].isalnum() and " " in begun:
        begun = begun[: begun.rfind(" ")]
    return f"{begun.rstrip(' ,;.')}…"
