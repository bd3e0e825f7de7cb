"""What a cold visitor downloads stays small, and what is served is written to be read."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
CSS_LIMIT, JS_LIMIT = 12 * 1024, 8 * 1024  # bytes, brotli, in total
INLINE = re.compile(r"""<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son[a-z]+=|\shx-on|hx-vals=["']?js:|<style""", re.I)


def weight(*files: Path) -> int:
    return sum(len(brotli.compress(file.read_bytes())) for file in files)


def test_css_is_within_its_budget():
    sheets = [sheet for sheet in STATIC.glob("css/*.css") if sheet.name != "admin.css"]

    assert sheets
    assert weight(*sheets) <= CSS_LIMIT


def test_own_script_is_within_its_budget():
    assert 0 < weight(*STATIC.glob("js/*.js")) <= JS_LIMIT


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("css/*.css")), ids=lambda sheet: sheet.name)
def test_css_has_one_declaration_a_line(sheet: Path):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)

    assert [line for line in text.splitlines() if line.count(";") > 1 or ("{" in line and "}" in line)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_templates_obey_the_policy(template: Path):
    assert INLINE.findall(template.read_text()) == []
