"""Whether what was read as UTF-8 is text at all: where it was not, each wrong byte stands as a lone surrogate."""

import re

NOT_UTF8 = "This is not UTF-8 text, so no address can be read from it."
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def is_text(read: str) -> bool:
    """False if a byte was not UTF-8: "müller" -> True, b"m\\xfcller" read with `surrogateescape` -> False."""
    return read.isascii() or _SURROGATE.search(read) is None
