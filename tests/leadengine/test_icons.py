"""Icons are two elements each, drawn as Lucide draws them."""

from __future__ import annotations

import re

import pytest

from leadengine import icons


@pytest.mark.parametrize(
    ("name", "outline"),
    {
        "minus": "M0 0M5 12h14",
        "circle": "M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0Z",
        "square": "M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2Z",
        "mail": "M0 0m22 7-8.991 5.727a2 2 0 0 1-2.009 0L2 7 "
        "M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1 -2 2h-16a2 2 0 0 1 -2 -2v-12a2 2 0 0 1 2 -2Z",
    }.items(),
    ids=lambda value: value.split()[0],
)
def test_shapes_become_one_path(name, outline):
    assert re.findall(r' d="([^"]+)"', icons.svg(name, 16)) == [outline]


def test_every_outline_of_lucide_can_be_drawn():
    names = [name.removesuffix(".svg") for name in icons._library().namelist()]

    empty = {name for name in names if "<path d=" not in icons.svg(name, 16)}

    assert len(names) > 1500
    assert empty == set()


def test_a_filled_shape_keeps_its_filling():
    filled = re.findall(r'<path [^>]*fill="currentColor"/>', icons.svg("palette", 16))

    assert len(filled) == 4
