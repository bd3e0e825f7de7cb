"""The letter case of names and titles that a source delivers in capitals or in lower case: pure text.

What has both cases was written by somebody who knew better, and stays; but a family name in capitals is a habit of forms.
"""

import re

from leads.vocabulary.files import read_lines

Names = tuple[str, str, str]
PARTICLES = frozenset(
    "af av bin da das de del della den der di do dos du el ibn la le ten ter van von zu zum zur y".split()
)
CAPITAL_PARTICLES = frozenset({"AU", "BE", "CA", "GB", "IE", "IT", "NZ", "US", "VN"})  # where they are written so
SUFFIXES = {word.lower(): word for word in "II III IV MBA MD CPA PhD MSc BSc DDS LLM JD".split()}
WORDS = {word.lower(): word for word in read_lines("title_acronyms.txt")}
SMALL = frozenset(
    (*read_lines("title_small_words.txt"), *"für und der die das with by on as les des d' l' d’ l’".split())
)
ORDINALS = frozenset("nd rd st th".split())
NO_ACRONYM = frozenset("dr jr mgr mr mrs ms sr st".split())
LONGEST_ACRONYM, SHORTEST_SHOUT = 4, 4
LONG, LONG_WORDS = 5, 2  # letters, and words of so many, that make a company's name no acronym
FORMS = {word.lower(): word for word in "GmbH mbH Ltd Limited Inc Corp Company Holding Holdings Group Sarl Srl".split()}
_WORD = re.compile(r"[^\W\d_]+")
_TITLE_WORD = re.compile(r"\b[^\W\d_]&[^\W\d_]\b|\b[dl]['’]|[^\W\d_]+(?:['’]s\b)?", re.IGNORECASE)
_VOWEL = re.compile(r"[^b-df-hj-np-tv-xz]")  # whatever is no consonant of ASCII
_CELTIC = re.compile(r"mc(?=\w{3})")
_TURKISH = {"always": frozenset("İığĞ"), "there": frozenset("şŞ")}


def cased_names(full: str, first: str, last: str, country: str = "") -> Names:
    """A person's names; `country` (ISO 3166 alpha-2) tells where small words are capitals, and Turkish is likely.

    >>> cased_names("BÜŞRA YILDIRIM-VAN DER MEER", "BÜŞRA", "o'neill", "TR")
    ('Büşra Yıldırım-van der Meer', 'Büşra', "O'Neill")
    """
    letters = set(full + first + last)
    marks = _TURKISH["always"] | (_TURKISH["there"] if country in ("AZ", "TR") else frozenset())
    how = (bool(letters & marks), country not in CAPITAL_PARTICLES)
    return _name(full, *how), _name(first, *how), _name(last, *how, is_whole=False)


def cased_company(name: str) -> str:
    """A company's name that shouts, where two words of five letters or more say that it is no acronym: what is short or
    stands alone may be written so (KPMG AG, OSRAM GmbH), and stays.

    >>> cased_company("PEETERS DIRECT SA"), cased_company("KPMG AG"), cased_company("VON DER HEIDE SOFTWARE GMBH")
    ('Peeters Direct SA', 'KPMG AG', 'Von der Heide Software GmbH')
    """
    found = [each for each in _WORD.findall(name) if each.lower() not in FORMS]
    if (
        not name.isupper()
        or sum(len(each) >= LONG and bool(_VOWEL.search(each.lower())) for each in found) < LONG_WORDS
    ):
        return name
    return _WORD.sub(lambda found: _company_word(found[0], is_first=found.start() == 0), name)


def _company_word(word: str, *, is_first: bool) -> str:
    low = word.lower()
    if low in PARTICLES and not is_first:
        return low
    is_long = len(word) >= LONG or (is_first and low in PARTICLES)
    return FORMS.get(low, _capital(low, False) if is_long else word)


def cased_title(title: str) -> str:
    """A job title that has one case only.

    >>> cased_title("svp global sales"), cased_title("HEAD OF IT"), cased_title("Head of IT")
    ('SVP Global Sales', 'Head of IT', 'Head of IT')
    """
    if not _is_flat(title):
        return title
    return _TITLE_WORD.sub(lambda found: _title_word(found[0].lower(), is_first=found.start() == 0), title)


def _title_word(low: str, *, is_first: bool) -> str:
    if low in WORDS:
        return WORDS[low]
    if "&" in low:
        return low.upper()
    if low in SMALL | ORDINALS and not is_first:
        return low
    is_acronym = 1 < len(low) <= LONGEST_ACRONYM and not _VOWEL.search(low) and low not in NO_ACRONYM
    return low.upper() if is_acronym else low[:1].title() + low[1:]


def _name(text: str, is_turkish: bool, has_particles: bool, *, is_whole: bool = True) -> str:
    """`is_whole`: it begins with a given name, which is no particle."""
    if "@" in text:
        return text
    is_flat = _is_flat(text)

    def written(found: re.Match[str]) -> str:
        is_inside = _WORD.search(text, found.end()) and not (is_whole and found.start() == 0)
        if not is_flat and not (len(found[0]) >= SHORTEST_SHOUT and found[0].isupper()):
            return found[0]
        is_particle = has_particles and is_inside and found[0].lower() in PARTICLES
        return _name_word(found[0], bool(is_particle), is_turkish)

    return _WORD.sub(written, text)


def _name_word(word: str, is_particle: bool, is_turkish: bool) -> str:
    low = _lower(word, is_turkish)
    if is_particle:
        return low
    if low in SUFFIXES:
        return SUFFIXES[low]
    if len(word) == 2 and word.isupper() and not _VOWEL.search(low) and low not in NO_ACRONYM | {"ng"}:
        return word
    celtic = _CELTIC.match(low)
    return "Mc" + _capital(low[2:], is_turkish) if celtic else _capital(low, is_turkish)


def _lower(word: str, is_turkish: bool) -> str:
    return word.replace("I", "ı").replace("İ", "i").lower() if is_turkish else word.replace("İ", "i").lower()


def _capital(low: str, is_turkish: bool) -> str:
    return ("İ" if is_turkish and low[:1] == "i" else low[:1].title()) + low[1:]


def _is_flat(text: str) -> bool:
    return text.isupper() or text.islower()
