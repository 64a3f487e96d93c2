"""What every file of the repository keeps to."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

BASE_DIR = Path(__file__).resolve().parent.parent.parent
APPS = ("config", "units", "plans", "tasks", "reports")
LONGEST_FILE = 300
LONGEST_FUNCTION = 40

# Written so that it does not match itself.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|work/(?:main|shared)|home/\w+|Users/\w+|tmp/\w+)\b")
HOST = re.compile(r"https?://([\w.-]+)")
# Names that only identify, and hosts that exist nowhere; nothing of ours asks another.
KNOWN_HOSTS = {
    *("www.aiim.org", "bam_sat"),
    *("127.0.0.1", "localhost", "www.w3.org", "purl.org", "purl.oclc.org"),
    *("schemas.openxmlformats.org", "schemas.microsoft.com"),
}
KNOWN_ENDINGS = (".test", ".invalid", ".example", ".example.vn")
INLINE = {
    "inline style": re.compile(r"\sstyle\s*=|<style"),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "unescaped output": re.compile(r"\|\s*safe(?:seq)?\b|autoescape\s+off"),
}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=BASE_DIR, capture_output=True, text=True, check=True
    ).stdout
    return [BASE_DIR / name for name in listed.split("\0") if name and (BASE_DIR / name).exists()]


def text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def lines_with(pattern: re.Pattern, paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(BASE_DIR)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate((text_of(path) or "").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_place_on_one_machine():
    assert lines_with(MACHINE_PATH, tracked()) == []


def test_no_file_names_a_host_of_others():
    found = {host for path in tracked() for host in HOST.findall(text_of(path) or "")}
    assert {host for host in found - KNOWN_HOSTS if not host.endswith(KNOWN_ENDINGS)} == set()


def test_no_third_party_asset_is_kept_here():
    """Scripts and styles of others come from their packages; ours are written to be read."""
    assets = tracked("*.js", "*.css", "*.svg")
    packed = [path for path in assets if max(map(len, (text_of(path) or "").splitlines()), default=0) > 1000]
    named = [path for path in assets if ".min." in path.name or "vendor" in path.parts]
    assert [str(path.relative_to(BASE_DIR)) for path in {*packed, *named}] == []


@pytest.mark.parametrize("what", INLINE)
def test_templates_hold_nothing_that_the_content_policy_refuses(what):
    assert lines_with(INLINE[what], tracked("templates/**", "*/templates/**")) == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("inline style", '<p style="color: red">'),
        ("inline script", "<script>go()</script>"),
        ("inline handler", '<a href="#" onclick="go()">'),
        ("unescaped output", "{{ text|safe }}"),
        ("unescaped output", "{% autoescape off %}"),
    ],
)
def test_inline_code_is_recognised(what, line):
    assert INLINE[what].search(line)


def test_outside_scripts_and_data_attributes_are_fine():
    fine = '<script src="{% static "app.js" %}" defer></script><a data-on="x" class="style">{% if on == 1 %}'
    assert [what for what, pattern in INLINE.items() if pattern.search(fine)] == []


def test_no_script_takes_a_name_of_the_one_that_every_page_has():
    """All scripts of a page share their names; of two functions the last one would count."""
    named = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.M)
    names = {path.name: set(named.findall(text_of(path) or "")) for path in tracked("static/js/*.js")}
    of_every_page = names.pop("house.js")
    assert "showNote" in of_every_page
    assert {name: taken & of_every_page for name, taken in names.items() if taken & of_every_page} == {}


def python_files() -> list[Path]:
    return [path for app in APPS for path in tracked(f"{app}/*.py") if "migrations" not in path.parts]


def test_no_file_is_too_long():
    lengths = {path: sum(map(bool, path.read_text(encoding="utf-8").split("\n"))) for path in python_files()}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long():
    lengths = {
        f"{path.relative_to(BASE_DIR)}: {node.name}": node.end_lineno - node.lineno + 1
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.end_lineno
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


# These write rows without `save()`. Named here are those that write the history themselves, and what
# keeps what a person types and counts its versions, or what the search reads, which need none.
SILENT_WRITES = {
    "plans/models.py: ImportDraft.keep: update",
    "reports/actions.py: ask_units: bulk_create_with_history",
    "reports/models/reports.py: ProgressReport.claim: update",
    "reports/models/reports.py: ProgressReport.keep: update",
    "tasks/querysets.py: AssignmentQuerySet.assign: bulk_create_with_history",
    "tasks/querysets.py: AssignmentQuerySet.assign: bulk_update_with_history",
    "tasks/querysets.py: TaskQuerySet.fold_again: update",
}
BULK = re.compile(r"a?bulk_(?:create|update)(?:_with_history)?|_raw_delete")


def silent_writes(tree: ast.AST, inside: tuple[str, ...] = ()) -> set[str]:
    """ "Class.method: call" of each call that may write rows past their `save()`.

    `.update()` of a queryset takes fields by name; that of a set or a dict takes another one by place.
    """
    found: set[str] = set()
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found |= silent_writes(node, (*inside, node.name))
            continue
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            by_name = called in ("update", "aupdate") and node.keywords and not node.args
            if BULK.fullmatch(called) or (by_name and isinstance(node.func, ast.Attribute)):
                found.add(f"{'.'.join(inside)}: {called}")
        found |= silent_writes(node, inside)
    return found


def test_nothing_is_written_past_its_history():
    found = {
        f"{path.relative_to(BASE_DIR)}: {call}"
        for path in python_files()
        for call in silent_writes(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == SILENT_WRITES


def test_a_write_past_the_history_is_recognised():
    source = """
class A:
    def b(self):
        if not self.rows.filter(pk=1).update(title="x", **more):
            return [Task.objects.bulk_create(rows), bulk_update_with_history(rows, Task, ["title"])]
def c():
    names.update(other)
    names.setdefault(1, set()).update(ids)
    hashed.update(b"x")
    row.save(update_fields=["title"])
Plan.objects.bulk_update(rows, ["title"])
"""
    assert silent_writes(ast.parse(source)) == {
        "A.b: update",
        "A.b: bulk_create",
        "A.b: bulk_update_with_history",
        ": bulk_update",
    }
