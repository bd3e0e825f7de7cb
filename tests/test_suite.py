"""What could not run is said; in CI it is a failure."""

from pathlib import Path

import pytest

from tests import __main__ as suite

NOTHING: list[suite.Missing] = []
BROWSER = [suite.Missing("the browser tests (no Chromium)", "apt-get install chromium")]
DATA = [suite.Missing("the tests marked data", "LEADENGINE_DATA=FOLDER make test", breaks_ci=False)]


@pytest.mark.parametrize(
    ("code", "absent", "ci", "expected"),
    [
        (0, NOTHING, "", 0),
        (0, NOTHING, "true", 0),
        (0, BROWSER, "", 0),
        (0, BROWSER, "false", 0),
        (0, BROWSER, "1", 1),
        (0, BROWSER, "true", 1),
        (0, DATA, "1", 0),
        (2, BROWSER, "", 2),
        (5, NOTHING, "", 5),
    ],
    ids=[
        "all ran",
        "all ran in CI",
        "missing",
        "not CI",
        "missing in CI",
        "missing in CI, named",
        "data missing in CI",
        "failed",
        "none found",
    ],
)
def test_exit_code(
    monkeypatch: pytest.MonkeyPatch, code: int, absent: list[suite.Missing], ci: str, expected: int
) -> None:
    monkeypatch.setenv("CI", ci)

    assert suite.conclude(code, absent) == expected


def test_last_lines_name_what_did_not_run_and_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(suite.shutil, "which", lambda _name: None)
    monkeypatch.setattr(suite, "POSTGRESQL_15", Path("/nowhere"))
    monkeypatch.setattr(suite, "DATA", Path("/nowhere"))

    suite.conclude(0, suite.missing())

    assert capsys.readouterr().out.splitlines() == [
        "Did not run: the browser tests (no Chromium). To run it: apt-get install chromium",
        "Did not run: the db tests on PostgreSQL 15. To run it: apt-get install postgresql-15",
        "Did not run: the tests marked data (no /nowhere). To run it: LEADENGINE_DATA=FOLDER make test",
    ]
