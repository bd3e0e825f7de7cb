"""The registrable domain of a host is what the public suffix list's own cases say, without any network."""

import csv
import re

import idna
import pytest

from leads.identity import domain_key
from leads.names import company_words

CASE = re.compile(r"^checkPublicSuffix\('([^']*)', (?:'([^']*)'|null)\)", re.MULTILINE)
LEGAL_FORM = re.compile(
    r"inc|corp|corporation|ltd|limited|llc|gmbh|ag|sa|plc|nv|bv|ab|oyj?|asa?|spa|srl|co|company|kk|pty|bhd|se|kga?a?|sarl|tbk"
)


@pytest.mark.data
def test_the_lists_own_cases(shared_data):
    text = (shared_data / "enrich/psl/test_psl.txt").read_text(encoding="utf-8")
    cases = [(host, idna.encode(found).decode() if found else "") for host, found in CASE.findall(text)]

    wrong = [host for host, expected in cases if domain_key(host) != expected]

    assert len(cases) == 77
    assert wrong == [".example.com", ".example.example"]  # we take a leading dot off, as cookies' domains have one


@pytest.mark.data
def test_legal_forms_of_1_300_companies_come_off(shared_data):
    text = (shared_data / "enrich/company-names/cleanco-companies.csv").read_text(encoding="utf-8")
    names = [row[0] for row in csv.reader(text.splitlines(), delimiter=";") if row]

    left = [name for name in names if len(company_words(name)) > 1 and LEGAL_FORM.fullmatch(company_words(name)[-1])]

    assert len(names) > 1300
    assert left == []
