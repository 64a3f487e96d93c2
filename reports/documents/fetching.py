"""The only things a paper may load: the files of its typeface."""

from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from weasyprint.urls import URLFetcher, URLFetcherResponse

PACKAGE = "rinoh_typeface_texgyretermes"
SCHEME = "typeface:"


class TypefaceFetcher(URLFetcher):
    """Answers "typeface:<file name>" from the package and refuses every other address."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=[])
        self.files = {SCHEME + path.name: path for path in typeface_files()}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Raises ValueError for an address that is not a file of the typeface."""
        if url not in self.files:
            raise ValueError("A paper loads nothing but its typeface.")
        return URLFetcherResponse(url, self.files[url].read_bytes(), {"Content-Type": "font/otf"})


def typeface_files() -> list[Path]:
    """The four faces. Found without importing the package, whose module needs an engine we do not have."""
    spec = find_spec(PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    files = sorted(Path(folders[0]).glob("*.otf")) if folders else []
    if len(files) != 4:
        raise ImproperlyConfigured(f"The typeface of the papers is missing: install {PACKAGE}.")
    return files
