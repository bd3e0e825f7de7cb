"""Lists that people type into one line, and back: "Manufacturing, Retail" or "Berlin, Germany; Austria"."""

from collections.abc import Callable, Iterable

from leads.vocabulary import industries, places

Names = Callable[[str], bool]


def split(text: str) -> list[str]:
    """The items between semicolons or line ends; where there are none, between commas."""
    strong = text.replace("\n", ";").replace("\r", ";")
    parts = strong.split(";") if ";" in strong else text.split(",")
    return [tidy for part in parts if (tidy := " ".join(part.split()))]


def join(values: Iterable[str]) -> str:
    """One line that `split` takes apart into the same items."""
    items = list(values)
    if any("," in item for item in items):
        return "; ".join(items) + (";" if len(items) == 1 else "")
    return ", ".join(items)


def split_industries(text: str) -> list[str]:
    """As `split`; commas inside a known label stay: "Oil, Gas, and Mining" is one industry."""
    return _regrouped(split(text), lambda name: industries.find(name) is not None)


def split_places(text: str) -> list[str]:
    """As `split`; a city or state and the country behind it are one place: "Berlin, Germany, Austria" are two."""
    return _regrouped(split(text), _is_one_place)


def split_as(key: str, text: str) -> list[str]:
    """As the criterion of that key takes a line apart."""
    return {"industries": split_industries, "places": split_places}.get(key, split)(text)


def _is_one_place(name: str) -> bool:
    """A country alone behind another country ("Germany, Austria") would be read as a town, so both must mean the same."""
    term, first = places.normalise(name), places.normalise(name.split(",")[0])
    return bool(term) and (term == first or (not first and not term.startswith("city:")))


def _regrouped(parts: list[str], is_name: Names) -> list[str]:
    """Joins neighbours again that make one name, the longest first; a part that is in no name stays alone."""
    found, start = [], 0
    while start < len(parts):
        sizes = range(min(len(parts) - start, 6), 1, -1)
        size = next((n for n in sizes if is_name(", ".join(parts[start : start + n]))), 1)
        found.append(", ".join(parts[start : start + size]))
        start += size
    return found
