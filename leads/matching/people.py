"""Evidence that two profiles are one person, line by line."""

from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from leads.matching import companies, weights
from leads.matching.evidence import EvidenceLine
from leads.matching.profile import Profile
from leads.names import given_names, phonetic
from leads.vocabulary.files import read_lines

COMMON_SURNAMES = frozenset(read_lines("common_surnames.txt"))
COMMON_GIVEN_NAMES = frozenset(read_lines("common_given_names.txt"))


def evidence(a: Profile, b: Profile) -> list[EvidenceLine]:
    """All that speaks for and against; the same lines whichever of the two comes first."""
    keys = _keys(a, b)
    employer = companies.employer(a, b)
    if a.mailbox and a.mailbox == b.mailbox:  # it tells the employer too: not counted twice
        employer = [line for line in employer if line.bits < 0]
    lines = [*keys, *_name(a, b), *employer, *_place(a, b), *_role(a, b)]
    return [line for line in lines if line.bits]


def conflict(a: Profile, b: Profile) -> bool:
    """True if strong identifiers say that these are two people: they may never stand in one cluster."""
    if a.slug and b.slug:
        return a.slug != b.slug
    if a.mailbox and a.mailbox == b.mailbox:
        return False
    other_mailbox = any(line.bits == weights.OTHER_MAILBOX_AT_DOMAIN for line in _mailbox(a, b))
    return other_mailbox or (bool(a.first and b.first) and _first_name(a.first, b.first) is None and not _swapped(a, b))


def _keys(a: Profile, b: Profile) -> list[EvidenceLine]:
    lines = []
    if a.record and a.record == b.record:
        lines.append(EvidenceLine("same record of the same source", weights.SAME_RECORD))
    if a.slug and b.slug:
        same = a.slug == b.slug
        text = "same LinkedIn profile" if same else "different LinkedIn profiles"
        lines.append(EvidenceLine(text, weights.SAME_SLUG if same else weights.OTHER_SLUG))
    if a.phone and a.phone == b.phone:
        lines.append(EvidenceLine(f"same phone number {a.phone}", weights.SAME_PHONE))
    return [*_mailbox(a, b), *lines]


def _mailbox(a: Profile, b: Profile) -> list[EvidenceLine]:
    if not (a.mailbox and b.mailbox):
        return []
    if a.mailbox == b.mailbox:
        return [EvidenceLine(f"same mailbox {a.mailbox}", weights.SAME_MAILBOX)]
    if not (a.firm.domains & b.firm.domains) or a.mailbox.rpartition("@")[2] != b.mailbox.rpartition("@")[2]:
        return []
    are_one = _spells(a.mailbox, b) and _spells(b.mailbox, a)
    bits = weights.OTHER_SPELLING_OF_MAILBOX if are_one else weights.OTHER_MAILBOX_AT_DOMAIN
    return [EvidenceLine("different mailboxes at one domain", bits)]


def _spells(mailbox: str, side: Profile) -> bool:
    """Whether the mailbox is one of the usual patterns of the person's name: j.doe, john.doe, doej ..."""
    local = "".join(character for character in mailbox.partition("@")[0] if character.isalnum())
    first, last = side.first, side.last
    if not (first and last):
        return False
    shorts = {first, *(given for given in given_names(first))}
    patterns = {last, *shorts}
    for given in shorts:
        patterns |= {given + last, last + given, given[0] + last, last + given[0], given + last[0]}
    return local in patterns


def _name(a: Profile, b: Profile) -> list[EvidenceLine]:
    (first, other_first), (last, other_last) = (a.first, b.first), (a.last, b.last)
    lines = []
    if _swapped(a, b):
        right, crossed = sorted((a, b), key=_likely_order)
        (first, other_first), (last, other_last) = (right.first, crossed.last), (right.last, crossed.first)
        lines.append(EvidenceLine("first and last name swapped", weights.NAMES_SWAPPED))
    against_first, against_last = _against_names(a, b)
    if first and other_first:
        found = _first_name(first, other_first)
        lines.append(found or _line("different first names", first, other_first, against_first))
    if last and other_last:
        found = _last_name(last, other_last) or _surname_part(a, b)
        lines.append(found or _line("different last names", last, other_last, against_last))
    return lines


def _against_names(a: Profile, b: Profile) -> tuple[float, float]:
    """Bits of other first names and other last names: less where a key of the person's own is the same."""
    same_slug = bool(a.slug) and a.slug == b.slug
    same_key = same_slug or bool(a.mailbox and a.mailbox == b.mailbox) or bool(a.record and a.record == b.record)
    return (
        weights.OTHER_FIRST_NAME_SAME_SLUG if same_slug else weights.OTHER_FIRST_NAME,
        weights.OTHER_LAST_NAME_SAME_KEY if same_key else weights.OTHER_LAST_NAME,
    )


def _likely_order(side: Profile) -> tuple[bool, str, str]:
    """Of two swapped names the one that begins with a usual given name is the right one; either rule is symmetric."""
    return side.first not in COMMON_GIVEN_NAMES, side.first, side.last


@lru_cache(maxsize=65_536)
def _first_name(a: str, b: str) -> EvidenceLine | None:
    """The line for two first names that may be one, or None."""
    is_common = bool((given_names(a) | {a}) & COMMON_GIVEN_NAMES)
    bits = weights.FIRST_NAME_COMMON if is_common else weights.FIRST_NAME
    if a == b:
        return EvidenceLine(f"same first name {a.title()}", bits)
    if 1 in (len(a), len(b)):
        return _line("only an initial, which fits", a, b, weights.INITIAL_ONLY) if a[:1] == b[:1] else None
    if (given_names(a) | {a}) & (given_names(b) | {b}):
        return _line("forms of one first name", a, b, bits)
    return _line("similar first names", a, b, weights.FIRST_NAME_NEAR) if _near(a, b) else None


@lru_cache(maxsize=65_536)
def _last_name(a: str, b: str) -> EvidenceLine | None:
    if a == b:
        bits = weights.LAST_NAME_COMMON if a in COMMON_SURNAMES else weights.LAST_NAME
        return EvidenceLine(f"same last name {a.title()}", bits)
    if len(a) == 1 or len(b) == 1:
        return _line("only an initial, which fits", a, b, weights.INITIAL_ONLY) if a[0] == b[0] else None
    return _line("similar last names", a, b, weights.LAST_NAME_NEAR) if _near(a, b) else None


def _surname_part(a: Profile, b: Profile) -> EvidenceLine | None:
    """ "García" and "García López": one bears a part of the other's name."""
    shared = sorted(({a.last} & set(b.words[1:])) | ({b.last} & set(a.words[1:])))
    return EvidenceLine(f"last name {shared[0].title()} in both", weights.LAST_NAME_PART) if shared else None


def _swapped(a: Profile, b: Profile) -> bool:
    """True where the names agree only crosswise."""
    if not (a.last and b.last and a.first and b.first):
        return False
    straight = _first_name(a.first, b.first) and _last_name(a.last, b.last)
    return not straight and bool(_last_name(a.first, b.last) and _last_name(a.last, b.first))


def _place(a: Profile, b: Profile) -> list[EvidenceLine]:
    """The person's own place only: the company's is part of the company's evidence."""
    if not (a.country and b.country):
        return []
    if a.country != b.country:
        return [_line("different countries", a.country, b.country, weights.OTHER_COUNTRY)]
    if not (a.city and b.city):
        return [EvidenceLine(f"same country {a.country}", weights.SAME_COUNTRY)]
    if a.city == b.city:
        return [EvidenceLine(f"same city {a.city.title()}", weights.SAME_CITY)]
    return [_line("different cities", a.city, b.city, weights.OTHER_CITY)]


def _role(a: Profile, b: Profile) -> list[EvidenceLine]:
    if not (a.title_words and b.title_words):
        return []
    if sorted(a.title_words) == sorted(b.title_words):
        return [EvidenceLine("same job title", weights.SAME_TITLE)]
    if not (a.title.department and b.title.department):
        return []
    same_department = a.title.department == b.title.department
    same_rank = a.title.seniority == b.title.seniority
    if same_department and same_rank:
        return [EvidenceLine("same kind of job", weights.SAME_ROLE)]
    return [] if same_department or same_rank else [EvidenceLine("different jobs", weights.OTHER_ROLE)]


def _near(a: str, b: str) -> bool:
    """Spellings of one name: nearly the same letters, or the same sound and start."""
    if min(len(a), len(b)) < 4:
        return False
    sounds_same = phonetic(a) == phonetic(b) and a[0] == b[0] and len(phonetic(a)) > 2
    return sounds_same or JaroWinkler.similarity(a, b) >= weights.NEAR_NAME


def _line(text: str, a: str, b: str, bits: float) -> EvidenceLine:
    return EvidenceLine(f"{text}: {' and '.join(word.title() for word in sorted((a, b)))}", bits)
