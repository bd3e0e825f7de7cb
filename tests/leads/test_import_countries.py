"""Only a country that is not understood is written anew, whatever its letters."""

import pytest

from leads.import_countries import likely, rename_countries
from tests.factories import imports, people


@pytest.mark.parametrize("text", ["Sweeden", "SWEEDEN", "sweeden"])
def test_likely_country_is_found_in_any_case(text):
    assert likely(text) == "Sweden"


@pytest.mark.django_db
def test_country_that_is_understood_or_empty_is_not_written_anew():
    header, rows = "Full name,Country", ["Ana Novak,Germany", "Bo Lind,France", "Cy Abe,", "Di Oh,Frnce"]
    job = imports.checked(people.workspace(), rows, header=header)

    changed = rename_countries(job, {"Frnce": "Germany", "Germany": "France", "France": "Germany", "": "Sweden"})

    cells = job.file.rows.order_by("line").values_list("cells", flat=True)
    assert (changed, [country for _name, country in cells]) == (1, ["Germany", "France", "", "Germany"])
