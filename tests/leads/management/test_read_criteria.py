"""`manage.py read_criteria` tells what a sentence became, for people and for scripts."""

import json

from django.core.management import call_command

from leads.criteria import Criteria


def test_sentence_is_read_into_criteria(capsys):
    call_command("read_criteria", "CTOs at fintechs in Berlin", json=True)

    answer = json.loads(capsys.readouterr().out)
    assert Criteria.from_json(answer["criteria"]).describe() == answer["described"]
    assert [each["became"] for each in answer["understood"]] == [
        "Job title: CTO",
        "Industry: Financial Services",
        "Place: Berlin, Germany",
    ]


def test_strange_words_are_told(capsys):
    call_command("read_criteria", "fintechs in Belrin, xyzzy")

    said = capsys.readouterr().out
    assert "Belrin: must, Place: Berlin, Germany (a guess)" in said
    assert "xyzzy: not understood" in said
