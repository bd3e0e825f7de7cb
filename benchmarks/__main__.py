"""`python -m benchmarks [NAME]`: runs all benchmarks, or one, on a scratch database; prints one JSON line a figure."""

from __future__ import annotations

import os
import sys
from importlib import import_module

NAMES = (
    "grades",
    "scoring",
    "rescoring",
    "laboratory",
    "publishing",
    "matching",
    "generation",
    "leads",
    "verification",
)
# Under this prefix the next test run clears away the database of a benchmark that was killed.
DATABASE = f"test_leadengine_{os.getpid()}_bench"


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        sys.exit(f"There is no benchmark “{unknown[0]}”. There are: {', '.join(NAMES)}.")
    if os.environ.get("DATABASE_URL"):
        sys.exit("Benchmarks make a database of their own on the embedded server: unset DATABASE_URL for them.")
    for name in names or NAMES:
        with import_module("benchmarks.scratch").scratch_database(DATABASE):
            for figure in import_module(f"benchmarks.bench_{name}").run():
                print(figure.to_json(), flush=True)


if __name__ == "__main__":
    os.environ["LEADENGINE_DB_NAME"] = DATABASE
    os.environ["LEADENGINE_DB_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadengine.settings")
    import_module("django").setup()
    main(sys.argv[1:])
