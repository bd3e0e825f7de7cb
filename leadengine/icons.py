"""Lucide's icons as inline SVG of two elements each: a list shows hundreds, and a phone styles each element."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


class UnknownIcon(LookupError):
    """Lucide has no icon of that name."""


def svg(name: str, size: int, css_class: str = "") -> SafeString:
    """The icon at `size` CSS pixels a side, in the colour of the text, hidden from screen readers.

    UnknownIcon: there is none of that name.
    """
    return format_html(
        '<svg{} width="{}" height="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{}</svg>',
        format_html(' class="{}"', css_class) if css_class else "",
        size,
        size,
        _drawing(name),
    )


@lru_cache(maxsize=512)
def _drawing(name: str) -> SafeString:
    """All outlines as one path; what is filled as well stands for itself."""
    try:
        picture = ElementTree.fromstring(_library().read(f"{name}.svg"))  # noqa: S314 - of an installed package
    except KeyError:
        raise UnknownIcon(f"Lucide has no icon {name!r}.") from None
    filled = [shape for shape in picture if "fill" in shape.attrib]
    outlines = " ".join(_outline(shape) for shape in picture if shape not in filled)
    paths = [format_html('<path d="{}"/>', outlines)] if outlines else []
    paths += [format_html('<path d="{}" fill="currentColor"/>', _outline(shape)) for shape in filled]
    return mark_safe("".join(paths))  # noqa: S308 - escaped above


@lru_cache(maxsize=1)
def _library() -> ZipFile:
    return ZipFile(BytesIO((files("lucide") / "lucide.zip").read_bytes()))


def _outline(shape: ElementTree.Element) -> str:
    """The shape as path data that may follow other path data, after SVG 2 section 10 (equivalent paths of basic shapes)."""
    kind = shape.tag.rpartition("}")[2]
    if kind == "path":
        return f"M0 0{shape.attrib['d']}"  # a beginning in relative terms counts from here
    if kind in ("polyline", "polygon"):
        return f"M{shape.attrib['points']}{'Z' if kind == 'polygon' else ''}"
    at = {key: float(value) for key, value in shape.attrib.items() if key != "fill"}
    if kind == "line":
        return f"M{at['x1']:g} {at['y1']:g}L{at['x2']:g} {at['y2']:g}"
    if kind == "rect":
        return _rectangle(at)
    rx, ry = (at["r"], at["r"]) if kind == "circle" else (at["rx"], at["ry"])
    half = f"a{rx:g} {ry:g} 0 1 0"
    return f"M{at['cx'] - rx:g} {at['cy']:g}{half} {2 * rx:g} 0{half} {-2 * rx:g} 0Z"


def _rectangle(at: dict[str, float]) -> str:
    rx, ry = at.get("rx", at.get("ry", 0.0)), at.get("ry", at.get("rx", 0.0))
    across, down = at["width"] - 2 * rx, at["height"] - 2 * ry
    turn = f"a{rx:g} {ry:g} 0 0 1"
    return (
        f"M{at['x'] + rx:g} {at['y']:g}h{across:g}{turn} {rx:g} {ry:g}v{down:g}{turn} {-rx:g} {ry:g}"
        f"h{-across:g}{turn} {-rx:g} {-ry:g}v{-down:g}{turn} {rx:g} {-ry:g}Z"
    )
