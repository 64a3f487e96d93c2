"""What a server of an office collects: all that pages ask for, compressed in both ways."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

BASE_DIR = Path(__file__).resolve().parent.parent.parent
ASKED = re.compile(r"{% static ['\"]([^'\"]+)['\"]")


@pytest.fixture
def collected(settings, tmp_path) -> ManifestStaticFilesStorage:
    settings.STATIC_ROOT = tmp_path
    backend = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
    call_command("collectstatic", interactive=False, verbosity=0)
    return CompressedManifestStaticFilesStorage(location=tmp_path)


def asked() -> set[str]:
    templates = (BASE_DIR / "templates").rglob("*.html")
    return {name for template in templates for name in ASKED.findall(template.read_text(encoding="utf-8"))}


def test_pages_find_what_they_ask_for_and_no_more_is_collected(collected, tmp_path):
    assert "bootstrap/bootstrap.min.css" in asked()
    names = {name: collected.stored_name(name) for name in asked()}
    assert [name for name in names.values() if not (tmp_path / name).exists()] == []
    texts = [name for name in names.values() if name.endswith((".css", ".js"))]
    ways = (".br", ".gz")
    assert [name for name in texts for way in ways if not (tmp_path / f"{name}{way}").exists()] == []
    builds = sorted(path.name.split(".")[0] for path in tmp_path.glob("bootstrap/*.css"))
    assert builds == ["bootstrap"]
    weights = sorted(path.name.split(".")[0] for path in tmp_path.glob("be-vietnam-pro/*.ttf"))
    assert weights == ["BeVietnamPro-Bold", "BeVietnamPro-Regular", "BeVietnamPro-SemiBold"]
