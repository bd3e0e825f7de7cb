"""Asks Lighthouse what it thinks of the main pages: `make run` in one terminal, `make lighthouse` in another.

Needs Node and Chromium. Prints one JSON line a page and form factor, and exits with 1 when a score is below LEAST.
Lighthouse is taken from the npm registry by name and version; nothing of it is in this repository. `benchmark_index` is its
own measure of the machine, of whose speed it gives a quarter to the phone; below 1,000 it warns that this is less than it means.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.pictures.camera import ARGUMENTS, HOME, sign_in

LIGHTHOUSE = "lighthouse@12.8.2"  # the newest that runs on Node 18 and 20
CATEGORIES = ("performance", "accessibility", "best-practices")
LEAST = 95
ATTEMPTS = 2  # it asks for another itself where the browser gave it no trace
PAGES = {"home": "/", "builder": "/searches/new/", "leads": "/leads/", "runs": "/runs/", "credits": "/credits/"}
PAGES |= {"dashboard": "/dashboard/", "pipeline": "/pipeline/", "companies": "/companies/"}
FORMS = {"phone": [], "desktop": ["--preset=desktop"]}


def main(address: str) -> int:
    for tool in ("npx", "chromium"):
        if not shutil.which(tool):
            sys.exit(f"make lighthouse needs {tool}: apt-get install {'npm' if tool == 'npx' else tool}.")
    cookie, lead = session(address)
    figures = [
        measure(f"{address.rstrip('/')}{path}", name, form, cookie)
        for name, path in {**PAGES, "lead": lead}.items()
        for form in FORMS
    ]
    return int(any(score < LEAST for figure in figures for score in figure["scores"].values()))


def session(address: str) -> tuple[str, str]:
    """The cookie of a signed-in manager, and the path of the best lead ("/leads/" without one)."""
    with sync_playwright() as playwright:
        arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        page = browser.new_context(base_url=address).new_page()
        sign_in(page, "manager")
        page.goto("/leads/")
        first = page.locator("tbody a[href^='/leads/']").first
        lead = first.get_attribute("href") if first.count() else "/leads/"
        cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
        browser.close()
    return cookies, str(lead)


def measure(url: str, name: str, form: str, cookie: str) -> dict:
    """One JSON line: scores 0 to 100 by category, and the audits that cost any."""
    flags = " ".join(["--headless=new", "--no-sandbox", *ARGUMENTS])
    asked = [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}", *FORMS[form]]
    command = ["npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", *asked]
    headers = f"--extra-headers={json.dumps({'Cookie': cookie})}"
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    for _ in range(ATTEMPTS):
        done = subprocess.run([*command, headers], capture_output=True, text=True, env=environment, check=False)
        if not done.returncode:
            break
    else:
        sys.exit(f"Lighthouse failed on {url}:\n{done.stderr[-2000:]}")
    report = json.loads(done.stdout)
    scores = {key: round(100 * score(report, key)) for key in CATEGORIES}
    figure = {
        "name": f"lighthouse/{name}/{form}",
        "scores": scores,
        "against": f"{LEAST} promised",
        "lost": lost(report),
        "benchmark_index": round(report["environment"]["benchmarkIndex"]),
        "broken": [key for key, audit in report["audits"].items() if audit["scoreDisplayMode"] == "error"],
    }
    sys.stdout.write(f"{json.dumps(figure)}\n")
    sys.stdout.flush()
    return figure


def score(report: dict, key: str) -> float:
    """As Lighthouse weighs; it gives none where an audit broke off by itself: then by the others."""
    given = report["categories"][key]["score"]
    found = [(each["weight"], report["audits"][each["id"]]["score"]) for each in report["categories"][key]["auditRefs"]]
    known = [(weight, value) for weight, value in found if weight and value is not None]
    by_hand = sum(weight * value for weight, value in known) / (sum(weight for weight, _ in known) or 1)
    return float(by_hand if given is None else given)


def lost(report: dict) -> list[str]:
    """The audits that took points from a category."""
    weighed = [each for key in CATEGORIES for each in report["categories"][key]["auditRefs"] if each["weight"]]
    return sorted(
        {each["id"] for each in weighed if (score := report["audits"][each["id"]]["score"]) is not None and score < 0.9}
    )


def running() -> str:
    """The address of the sample that runs; ends with a sentence where none does."""
    file = Path(HOME) / "up"
    words = file.read_text().split() if file.exists() else []
    return words[-1] if words else sys.exit("make lighthouse looks at the running sample: start it by make run.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else running()))
