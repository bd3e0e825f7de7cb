"""Reads the vocabulary's data files: plain lists (one entry a line, # for comments) and CSV tables with a header."""

import csv
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


def read_lines(name: str) -> tuple[str, ...]:
    """The entries of a list file, in order, without comments and blank lines."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV table by column name; comment lines may stand before the header."""
    return tuple(csv.DictReader(read_lines(name)))
