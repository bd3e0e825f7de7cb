"""The house stands as drawn in docs/architecture.md: layers, sizes, names."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("billing", "leads", "scoring", "enrichment")
SOURCES = sorted(
    path
    for package in ("leadengine", *APPS)
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN = {"utils", "helpers", "common", "misc", "services", "managers", "tasks", "signals"}
SHELL_PARTS = {"views", "forms", "urls", "admin", "management", "templatetags"}
GROUND, RECORDS, ENGINES, WORKFLOWS, SHELLS = range(5)
LEAVES_FOR_SHELLS = {"billing.pricing", "billing.statement"}
SPAN = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def layer_of(module: str) -> int:
    app, *rest = module.split(".")
    if (app in APPS and SHELL_PARTS & set(rest[:1])) or module in ("leadengine.urls",) or rest[:1] == ["management"]:
        return SHELLS
    if module.startswith("leadengine.workflows"):
        return WORKFLOWS
    return {"scoring": ENGINES, "enrichment": ENGINES, "leads": RECORDS, "billing": RECORDS}.get(app, GROUND)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Our own modules that the file imports."""
    for node in ast.walk(tree_of(path)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (name for name in names if name.split(".")[0] in ("leadengine", *APPS))


def is_allowed(importer: str, imported: str) -> bool:
    above, below = layer_of(importer), layer_of(imported)
    app, other = importer.split(".")[0], imported.split(".")[0]
    if below > above:
        return False
    if above == SHELLS and app in APPS:
        reads = any(imported.startswith(leaf) for leaf in LEAVES_FOR_SHELLS)
        return other in ("leadengine", app) or reads or (below == RECORDS and app in ("scoring", "enrichment"))
    if above == ENGINES:
        return other in ("leadengine", "leads", app)
    return app == other or below < above or below == GROUND


def functions(paths: list[Path]) -> list[tuple[str, int]]:
    nodes = [(path, node) for path in paths for node in ast.walk(tree_of(path)) if isinstance(node, SPAN)]
    return [(f"{name_of(path)}.{node.name}", node.end_lineno - node.lineno + 1) for path, node in nodes]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long(sizes: list[tuple[str, int]], most: int) -> list[tuple[str, int]]:
    return [(name, size) for name, size in sizes if size > most]


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_only_point_down(path):
    importer = name_of(path)

    wrong = [imported for imported in imports(path) if not is_allowed(importer, imported)]

    assert wrong == []


def test_no_two_apps_import_each_other():
    pairs = {(name_of(path).split(".")[0], name.split(".")[0]) for path in SOURCES for name in imports(path)}

    mutual = {
        (one, other) for one, other in pairs if one != other and (other, one) in pairs and one in APPS and other in APPS
    }

    assert mutual == set()


def test_modules_are_short():
    sizes = [(name_of(path), lines(path)) for path in SOURCES if lines(path)]

    assert too_long(sizes, 250) == []
    assert median(size for _, size in sizes) <= 80


def test_functions_are_short():
    sizes = functions(SOURCES)

    assert too_long(sizes, 30) == []
    assert median(size for _, size in sizes) <= 8


def test_views_are_short():
    sizes = functions([path for path in SOURCES if "views" in path.parts])

    assert too_long(sizes, 20) == []


def test_tests_are_short():
    sizes = [(name, size) for name, size in functions(TESTS) if name.split(".")[-1].startswith("test_")]

    assert too_long(sizes, 25) == []


def test_templates_are_short():
    assert too_long([(str(path), lines(path)) for path in TEMPLATES], 120) == []


def test_no_module_has_a_name_that_says_nothing():
    assert [path for path in SOURCES if FORBIDDEN & {path.stem, path.parent.name}] == []


def test_each_module_opens_with_a_sentence():
    silent = [name_of(path) for path in SOURCES if lines(path) and not ast.get_docstring(tree_of(path))]

    assert silent == []


RENEWED = re.compile(r"<\w+[^>]*hx-trigger=\"[^\"]*from:body[^>]*>")


def test_what_renews_itself_at_an_event_loses_none_that_comes_meanwhile():
    """Its element stays, so that htmx queues the next renewal on it; or else the next one replaces the one under way."""
    regions = [(path.name, tag) for path in TEMPLATES for tag in RENEWED.findall(_plain(path))]
    gone = [(name, tag) for name, tag in regions if not _stays(tag) and ":replace" not in tag]

    assert len(regions) > 10
    assert gone == []


def _plain(path: Path) -> str:
    """The template without its own tags, which may hold quotation marks and angles."""
    return re.sub(r"{%.*?%}|{{.*?}}", "", path.read_text(encoding="utf-8"))


def _stays(tag: str) -> bool:
    swaps, targets = re.findall(r'hx-swap="(\w+)', tag), re.findall(r'hx-target="([^"]+)', tag)
    return swaps in ([], ["none"], ["innerHTML"]) and targets in ([], ["this"])


def test_templates_carry_no_script_and_no_style():
    marks = ("<script>", " style=", " onclick=", " onchange=", "hx-on", "hx-vals='js:", 'hx-vals="js:')
    wrong = [(path.name, mark) for path in TEMPLATES for mark in marks if mark in path.read_text(encoding="utf-8")]

    assert wrong == []


def test_no_script_of_a_page_takes_a_name_of_those_on_every_page():
    scripts = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "static" / "js").glob("*.js")}
    names = {stem: set(re.findall(r"^(?:const|let|function) (\w+)", text, re.M)) for stem, text in scripts.items()}
    everywhere = {name: stem for stem in ("app", "controls", "palette") for name in names[stem]}

    wrong = [(stem, name) for stem, own in names.items() for name in own if everywhere.get(name, stem) != stem]

    assert len(everywhere) > 20
    assert wrong == []
