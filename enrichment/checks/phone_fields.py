"""Where the numbers are in a field that people filled in: "Tel. 030 901820 (office), mobile +49 171 1234567 ext. 12"."""

import re

from phonenumbers import convert_alpha_characters_in_number

LONGEST = 500  # characters of a field that are read
_LINES = re.compile(r"[\r\n\t\v\f\x85\u2028\u2029]+")
_URI = re.compile(r"tel:[^\s,]+", re.IGNORECASE)
_EXTENSION = re.compile(
    r"[,;]? ?(?<![^\W\d_])(?:durchwahl|dw|nebenstelle|nst|extension|extn?|xtn|poste|anexo|interno|int|доб|内線|x|~"
    r"|(?<=\d )#|(?<=\d)#)[ .:=#]*(\d{1,7})\b(?! ?[\d+])",
    re.IGNORECASE,
)
_DIALLED_LATER = re.compile(r"(?<=\d)(?:,{2,} ?(\d{1,5})#?|, ?(\d{1,7})#)(?![#\d]| \d)")  # after a pause for each comma
_ACCOUNT = re.compile(  # of a bank, ISO 13616
    r"(?<!\w)(iban\W{0,3})?([a-z]{2}\d\d(?: ?[a-z\d]{4}){2,7}(?: ?[a-z\d]{1,3})?)(?!\w)",
    re.IGNORECASE | re.ASCII,
)
_TOLL_FREE = re.compile(  # of North America; seven letters and digits follow, letters among them
    r"(?<![\w+])(?<!\d[ .\-/)])(?:\+?1[ .\-]?\(?|(?=\d{3}-))(8(?:00|33|44|55|66|77|88))\)?[ .\-]?"
    r"(?![\d \-]*(?:fax|tel|mob|office|ext))((?:[A-Z\d][ \-]?){6}[A-Z\d])(?!\w)",
    re.IGNORECASE,
)
_FAX = re.compile(r"\b(?:tele)?fax\b[^\w+(]*", re.IGNORECASE)
_BRACKETED_WORDS = re.compile(r"[(\[][^()\[\]]*[^\W\d_][^()\[\]]*[)\]]")
_WORDS = re.compile(r"[^\W\d_][^\W\d_.'’-]*[.:]?")
_BETWEEN = re.compile(r"[;|,&]+|: |(?<=\d) ?(?=\+)")
_ROUNDED = re.compile(r"(?<![\w-])\d(?:[.,]\d+)?E[+-]?\d{1,3}(?!\w)", re.IGNORECASE)  # by a spreadsheet: 4.93E+11
_AS_DECIMAL = re.compile(r"^\s*(\+?\d{7,15})\.0+\s*$")
_NOT_DIALLED = re.compile(
    r"(?<![\w./-])(?:(?<!\d )24 ?/ ?7(?!\d)|\d{1,3}(?:st|nd|rd|th|am|pm|h)\b"
    r"|\d{1,2}(?:[:.]\d\d)? ?[-–] ?\d{1,2}(?:[:.]\d\d)? ?(?:uhr|h|am|pm)\b|\d{1,2}:\d\d ?[-–] ?\d{1,2}:\d\d(?!\d))",
    re.IGNORECASE,
)
_FLOOR = r"(?:stock|stockwerk|og|obergescho(?:ss|ß)|geschoss|etage|floor|piso|piano|patro|emelet|kat|våning|etasje|verdieping)\b"
_BEHIND_A_NUMBER = re.compile(
    rf"((?:\d[ ()./–-]{{0,3}}){{3}}\d\)?) (?:24 ?/ ?7(?! ?[\d/–-])|[1-9]\. ?(?={_FLOOR})"
    r"|\d{1,2}:\d\d(?: ?[-–] ?\d{1,2}(?:[:.]\d\d)?)?|\d{1,2}(?:\.\d\d)? ?[-–] ?\d{1,2}:\d\d)(?!\d)",
    re.IGNORECASE,
)
_BEHIND_A_LONG_NUMBER = re.compile(
    r"((?:\d[ ()./–-]{0,3}){6}\d\)?) (?:24 ?/ ?7|(?:[01]?\d|2[0-4])\.[0-5]0 ?[-–] ?(?:[01]?\d|2[0-4])\.[0-5]0)(?!\d)"
)
_ENUMERATED = re.compile(r" [1-9]\.$")
_PUT_BACK, _FAX_AHEAD = "\x00", "\x01"


def numbers_in(field: str) -> list[str]:
    """The pieces that may be numbers, in their order, those labelled as fax last; words are left out, extensions kept.

    "Tel. 030 901820 Fax 030 901821" -> ["030 901820", "030 901821"]; "+49 30 901820 Durchwahl 12" -> one with
    "ext. 12". Letters stand for digits only in a toll-free number such as 1-800-FLOWERS, which is +1 800 3569377.
    """
    text = re.sub(r"[\s\x00\x01]+", " ", _ROUNDED.sub(";", _AS_DECIMAL.sub(r"\1", _LINES.sub(";", field[:LONGEST]))))
    text, uris = _ACCOUNT.sub(_without_account, text), _URI.findall(text)
    text = _BEHIND_A_LONG_NUMBER.sub(r"\1;", _BEHIND_A_NUMBER.sub(r"\1;", text))
    text = _DIALLED_LATER.sub(rf" {_PUT_BACK}\1\2", _EXTENSION.sub(rf" {_PUT_BACK}\1", _URI.sub(";", text)))
    text = _BRACKETED_WORDS.sub(";", _FAX.sub(f";{_FAX_AHEAD}", _NOT_DIALLED.sub(";", _TOLL_FREE.sub(_dialled, text))))
    pieces = [_stripped(piece) for piece in _BETWEEN.split(_WORDS.sub(";", text))]
    found = [piece for piece in pieces if any(letter.isdigit() for letter in piece)]
    ordered = sorted(found, key=lambda piece: piece.startswith(_FAX_AHEAD))
    return uris + [piece.lstrip(_FAX_AHEAD + " .:").replace(_PUT_BACK, "ext. ") for piece in ordered]


def _stripped(piece: str) -> str:
    """Its "2." stays at the end: whether that is the last digit, only its meaning tells."""
    return piece.strip(" :").lstrip(".") if _ENUMERATED.search(piece.rstrip(" :")) else piece.strip(" .:")


def _without_account(found: re.Match[str]) -> str:
    """Nothing for what is called one, or whose check digits are right."""
    label, account = found[1], found[2].replace(" ", "")
    checked = "".join(str(int(each, 36)) for each in account[4:] + account[:4])
    return ";" if label or int(checked) % 97 == 1 else found[0]


def _dialled(found: re.Match[str]) -> str:
    """What is pressed for a toll-free number with letters; one of digits alone, or with a word behind it, stays as it is."""
    area, rest = found.groups()
    if rest.replace(" ", "").replace("-", "").isdigit() or "ext" in rest.lower():
        return found[0]
    return f"+1 {area} {re.sub(r'[ -]', '', convert_alpha_characters_in_number(rest))}"
