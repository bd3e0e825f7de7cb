"""What a cold visitor downloads stays small, and what is served is written to be read."""

import re
from functools import cache
from pathlib import Path

import brotli
import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
BASE = Path(settings.BASE_DIR) / "templates" / "base.html"
PAGES = [each for each in TEMPLATES if '{% extends "base.html" %}' in each.read_text()]
CSS_LIMIT, JS_LIMIT = 12 * 1024, 8 * 1024  # bytes, brotli, of one page opened with an empty cache
INLINE = re.compile(r"""<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son[a-z]+=|\shx-on|hx-vals=["']?js:|<style""", re.I)


@cache
def weight(file: Path) -> int:
    return len(brotli.compress(file.read_bytes()))


def linked(template: Path, kind: str) -> set[Path]:
    """The files of ours that a template names itself."""
    return {STATIC / name for name in re.findall(rf'{{% static "({kind}/[^"]+)" %}}', template.read_text())}


@pytest.mark.parametrize(("kind", "limit"), [("css", CSS_LIMIT), ("js", JS_LIMIT)])
def test_each_page_is_within_its_budget(kind: str, limit: int):
    everywhere = linked(BASE, kind)
    pages = {page: sum(map(weight, everywhere | linked(page, kind))) for page in PAGES}

    assert everywhere
    assert pages
    assert {page.name: size for page, size in pages.items() if size > limit} == {}


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("css/*.css")), ids=lambda sheet: sheet.name)
def test_css_has_one_declaration_a_line(sheet: Path):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)

    assert [line for line in text.splitlines() if line.count(";") > 1 or ("{" in line and "}" in line)] == []


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("css/*.css")), ids=lambda sheet: sheet.name)
def test_focus_is_shown_by_an_outline_which_forced_colours_keep(sheet: Path):
    rules = re.findall(r"([^{}]*:focus[^{}]*)\{([^{}]*)\}", sheet.read_text())

    assert [of.strip() for of, body in rules if "box-shadow" in body and "outline: 2px" not in body] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_templates_obey_the_policy(template: Path):
    assert INLINE.findall(template.read_text()) == []
