"""The typeface of the papers, TeX Gyre Termes: Times metrics, every Vietnamese letter."""

from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

PACKAGE = "rinoh_typeface_texgyretermes"


def typeface_files() -> list[Path]:
    """The four faces. Found without importing the package, whose module needs an engine we do not have."""
    spec = find_spec(PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    files = sorted(Path(folders[0]).glob("*.otf")) if folders else []
    if len(files) != 4:
        raise ImproperlyConfigured(f"The typeface of the papers is missing: install {PACKAGE}.")
    return files
