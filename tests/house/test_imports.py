"""The one direction of imports: reports -> tasks -> plans -> units, and inside an app likewise."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

BASE_DIR = Path(__file__).resolve().parent.parent.parent
APPS = ("units", "plans", "tasks", "reports")
LAYERS = ("models", "access", "forms", "views", "urls")


def modules(app: str) -> dict[str, Path]:
    """The app's own modules by dotted name, packages without their `__init__`."""
    found = {}
    for path in sorted((BASE_DIR / app).rglob("*.py")):
        parts = path.relative_to(BASE_DIR).with_suffix("").parts
        if "migrations" not in parts:
            found[".".join(part for part in parts if part != "__init__")] = path
    return found


def imported(source: str, module: str, is_package: bool) -> Iterator[str]:
    """Every module that the source names in an import, inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = module.split(".")[: None if is_package and node.level == 1 else -node.level]
            base = ".".join([*parents, node.module or ""]).strip(".") if node.level else node.module or ""
            yield base
            yield from (f"{base}.{name.name}" for name in node.names)


def imports_of(app: str) -> dict[str, set[str]]:
    return {
        module: set(imported(path.read_text(encoding="utf-8"), module, path.name == "__init__.py"))
        for module, path in modules(app).items()
    }


def layer(module: str) -> int | None:
    """The rank of `plans.views.imports` is that of views; helpers have none."""
    name = module.split(".")[1] if "." in module else ""
    return LAYERS.index(name) if name in LAYERS else None


def reachable(module: str, imports: dict[str, set[str]]) -> set[str]:
    """The app's own modules that the module needs, directly or through helpers."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        for target in imports.get(waiting.pop(), ()):
            if target in imports and target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_itself_and_lower_apps_only(app):
    refused = {*APPS[APPS.index(app) + 1 :], "config", "tests"}
    wrong = [
        f"{module} imports {target}"
        for module, targets in imports_of(app).items()
        for target in sorted(targets)
        if target.split(".")[0] in refused
    ]
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_inside_an_app_nothing_reaches_back_up(app):
    imports = imports_of(app)
    wrong = [
        f"{module} needs {target}"
        for module in imports
        for target in sorted(reachable(module, imports))
        if (own := layer(module)) is not None and (other := layer(target)) is not None and other > own
    ]
    assert wrong == []


def test_the_reader_of_imports_sees_every_kind():
    source = (
        "import plans.models\n"
        "from units import access\n"
        "from . import forms\n"
        "from .views import tasks\n"
        "def late():\n    from reports.models import Period\n"
    )
    assert sorted(imported(source, "tasks.actions", is_package=False)) == [
        "plans.models",
        "reports.models",
        "reports.models.Period",
        "tasks",
        "tasks.forms",
        "tasks.views",
        "tasks.views.tasks",
        "units",
        "units.access",
    ]
