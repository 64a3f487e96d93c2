"""A paper's markup as the engine reads it."""

from __future__ import annotations

from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from weasyprint import HTML
from weasyprint.urls import URLFetcher


class Markup(HTML):
    """Well-formed HTML, as our templates make it: the engine's own parser forgives faults and takes twenty
    times as long, a twentieth of the time of a paper. Raises `xml.etree.ElementTree.ParseError`."""

    def __init__(self, markup: str, fetcher: URLFetcher) -> None:
        self.etree_element = ElementTree.fromstring(markup)  # noqa: S314 - written by our templates alone
        self.wrapper_element = ElementWrapper.from_html_root(self.etree_element)
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
