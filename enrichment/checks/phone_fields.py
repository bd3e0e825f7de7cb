"""Where the numbers are in a field that people filled in: "Tel. 030 901820 (office), mobile +49 171 1234567 ext. 12"."""

import re

_URI = re.compile(r"tel:[^\s,]+", re.IGNORECASE)
_EXTENSION = re.compile(
    r"[,;]?\s*(?<![^\W\d_])(?:durchwahl|dw|nebenstelle|nst|extension|extn?|xtn|poste|anexo|interno|int|доб|x|(?<=\d\s)#|(?<=\d)#|~)[\s.:=#]*(\d{1,7})\b"
    r"(?!\s*[\d+])",
    re.IGNORECASE,
)
_TOLL_FREE = re.compile(
    r"^\s*\+?[\d\s().\-]{0,6}(?:800|833|844|855|866|877|888)[\s().\-]*[A-Z0-9]*[A-Z]{2}[A-Z0-9\-]*\s*$"
)
_FAX = re.compile(r"\b(?:tele)?fax\b\W*", re.IGNORECASE)
_BRACKETED_WORDS = re.compile(r"[(\[][^()\[\]]*[^\W\d_][^()\[\]]*[)\]]")
_WORDS = re.compile(r"[^\W\d_][^\W\d_.'’-]*[.:]?")
_BETWEEN = re.compile(r"\s*[;|,&\n\t]+\s*|\s+/\s+|(?<=\d)\s*(?=\+)")
_PUT_BACK, _FAX_AHEAD = "\x00", "\x01"


def numbers_in(field: str) -> list[str]:
    """The pieces that may be numbers, in their order, those labelled as fax last; words are left out, extensions kept.

    "Tel. 030 901820 Fax 030 901821" -> ["030 901820", "030 901821"]; "+49 30 901820 Durchwahl 12" -> one with
    "ext. 12". Letters stand for digits only in a toll-free number such as 1-800-FLOWERS.
    """
    field = field.replace(_PUT_BACK, " ").replace(_FAX_AHEAD, " ")
    if _TOLL_FREE.match(field):
        return [field.strip()]
    uris = _URI.findall(field)
    text = _EXTENSION.sub(rf" {_PUT_BACK}\1", _URI.sub(";", field))
    text = _BRACKETED_WORDS.sub(";", _FAX.sub(f";{_FAX_AHEAD}", text))
    pieces = [piece.strip() for piece in _BETWEEN.split(_WORDS.sub(";", text))]
    found = [piece for piece in pieces if any(letter.isdigit() for letter in piece)]
    ordered = sorted(found, key=lambda piece: piece.startswith(_FAX_AHEAD))
    return uris + [piece.lstrip(_FAX_AHEAD).replace(_PUT_BACK, "ext. ") for piece in ordered]
