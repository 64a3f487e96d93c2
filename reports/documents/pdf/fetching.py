"""The only things a paper may load: the files of its typeface."""

from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.documents.look.typeface import typeface_files

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
