"""The industry tree: LinkedIn's industry codes (version 2) as our standard terms, and free text -> code.

Origin of the codes, labels and parents: LinkedIn's public reference table "Industry Codes V2" (facts, without its
descriptions); breweries, distilleries and wineries, which it leaves without a parent, are beverage manufacturers here.
`industry_aliases.csv` maps the words of other lists (LinkedIn's first list, data sets, registries).
"""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from leads.names import fold
from leads.vocabulary.files import read_rows


@dataclass(frozen=True, slots=True)
class Industry:
    """`code` is a slug of the label; `parent` the code above it, "" at the top."""

    code: str
    label: str
    parent: str
    linkedin_id: int


TREE: dict[str, Industry] = {
    row["code"]: Industry(row["code"], row["label"], row["parent"], int(row["linkedin_id"]))
    for row in read_rows("industries.csv")
}
CHILDREN: dict[str, tuple[str, ...]] = {
    parent: tuple(item.code for item in TREE.values() if item.parent == parent)
    for parent in {item.parent for item in TREE.values()}
}
TOP = CHILDREN[""]


@lru_cache(maxsize=16_384)
def find(text: str) -> Industry | None:
    """The industry of a code, a label or an alias in any case and punctuation; None if there is none."""
    code = text.strip()
    return TREE.get(code) or TREE.get(_by_words().get(_key(text), ""))


def suggest(text: str, n: int = 5) -> list[Industry]:
    """The n nearest industries for words that were not found, best first; none that are far off (under 55 of 100)."""
    names = _by_words()
    near = process.extract(_key(text), names.keys(), scorer=fuzz.WRatio, limit=n * 4, score_cutoff=55)
    codes = dict.fromkeys(names[name] for name, _score, _index in near)
    return [TREE[code] for code in codes][:n]


@lru_cache(maxsize=1_024)
def ancestors(code: str) -> tuple[str, ...]:
    """The codes above, nearest first; () at the top and for an unknown code."""
    parent = TREE[code].parent if code in TREE else ""
    return (parent, *ancestors(parent)) if parent else ()


@lru_cache(maxsize=1_024)
def descendants(code: str) -> frozenset[str]:
    """The code itself and all codes under it."""
    return frozenset({code}).union(*(descendants(child) for child in CHILDREN.get(code, ())))


@lru_cache(maxsize=65_536)
def distance(a: str, b: str) -> int:
    """Steps through the tree from a to b: 0 the same, 1 parent and child, 2 siblings; two trunks meet above the top."""
    line_a, line_b = (a, *ancestors(a)), (b, *ancestors(b))
    steps = [line_a.index(code) + line_b.index(code) for code in line_a if code in line_b]
    return min(steps, default=len(line_a) + len(line_b))


def same_branch(a: str, b: str) -> bool:
    """True if both stand under the same top industry."""
    return (a, *ancestors(a))[-1] == (b, *ancestors(b))[-1]


def is_in_line(a: str, b: str) -> bool:
    """True if they are the same, or one stands under the other."""
    return a == b or a in ancestors(b) or b in ancestors(a)


def label(code: str) -> str:
    """What a person reads for a code."""
    return TREE[code].label if code in TREE else code


def _key(text: str) -> str:
    """Folded, "&" as "and", without punctuation: "Oil & Gas" = "oil and gas"."""
    spelled = fold(text).replace("&", " and ")
    return " ".join("".join(c if c.isalnum() else " " for c in spelled).split())


@lru_cache(maxsize=1)
def _by_words() -> dict[str, str]:
    """Every known wording -> code; our own labels win over aliases."""
    aliases = {_key(row["alias"]): row["code"] for row in read_rows("industry_aliases.csv")}
    return aliases | {_key(item.label): item.code for item in TREE.values()}
