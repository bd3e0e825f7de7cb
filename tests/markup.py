"""Reads the product's own HTML and SVG as a tree, so that tests look at structure and not at text."""

import re
from xml.etree import ElementTree

_BARE = re.compile(r"\s(checked|hidden|required|selected|disabled|data-[a-z-]+)(?=[\s>])")
_VOID = re.compile(r"<(input|br|hr|img)\b([^>]*?)/?>")


def parsed(markup: str) -> ElementTree.Element:
    """One `div` around the markup; what HTML leaves out (values, closing slashes) is filled in so that XML can read it."""
    filled = _VOID.sub(r"<\1\2/>", _BARE.sub(r' \1="\1"', markup))
    return ElementTree.fromstring(f"<div>{filled}</div>")  # noqa: S314 - our own markup
