"""Real pages in Debian's Chromium: `page` is a desk, `phone` an officer's telephone.

Every page must end without an error in its console; what the content security policy refuses is one.
"""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

# Playwright keeps an event loop in the thread of the tests, where Django would refuse its database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# These keep Chromium from calling its maker at every start.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def missing_part() -> str | None:
    """What a browser lacks to start here, and the Debian package that has it."""
    if shutil.which("chromium") is None:
        return "Chromium is missing (on Debian: apt-get install chromium)"
    driver = subprocess.run(
        [sys.executable, "-m", "playwright", "--version"], capture_output=True, check=False
    )
    if driver.returncode != 0:
        return "Playwright's driver does not start (on Debian: apt-get install libatomic1)"
    return None


@pytest.fixture(scope="session")
def chromium() -> str | None:
    missing = missing_part()
    if missing and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(missing, pytrace=False)
    if missing:
        pytest.skip(missing)
    return shutil.which("chromium")


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str | None) -> dict:
    return {"executable_path": chromium, "args": CHROMIUM_ARGUMENTS, "headless": True}


@pytest.fixture(scope="session")
def base_url(chromium: str | None, live_server) -> str:
    return live_server.url


@pytest.fixture
def browser_context_args(base_url: str) -> dict:
    return {"base_url": base_url, "viewport": DESK, "locale": "en-US"}


@pytest.fixture(autouse=True)
def _server_at_rest(transactional_db):
    """A page that closes still sends what was typed; the tables are not emptied before that has arrived."""
    yield
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not any("process_request_thread" in thread.name for thread in threading.enumerate()):
            return
        time.sleep(0.02)


@pytest.fixture
def watched() -> Iterator[Callable[[Page], Page]]:
    """Collects what goes wrong on the pages given to it, and fails the test that leaves any."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # A test may ask for a page that is refused, and Chromium asks for an icon that no page named;
        # a part of a page that is refused is an error.
        address = message.location["url"]
        asked_for = message.page is not None and address == message.page.url
        if message.type == "error" and not asked_for and not address.endswith("/favicon.ico"):
            errors.append(message.text)

    def watch(page: Page) -> Page:
        page.on("console", note)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield watch
    assert errors == []


@pytest.fixture
def page(context: BrowserContext, watched) -> Page:
    return watched(context.new_page())


@pytest.fixture
def phone(browser: Browser, browser_context_args: dict, watched) -> Iterator[Page]:
    options = {**browser_context_args, "viewport": PHONE, "has_touch": True, "is_mobile": True}
    with browser.new_context(**options) as context:
        yield watched(context.new_page())


@pytest.fixture
def sign_in(base_url: str) -> Callable[..., Page]:
    """`sign_in(page, cast.owner)`: the page goes on as that person."""

    def sign_in(page: Page, user) -> Page:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base_url}])
        return page

    return sign_in


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Fails on serious and critical violations, naming the rule and the places."""

    def check(page: Page) -> None:
        violations = Axe().run(page).response["violations"]
        grave = [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in violations
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]
        assert grave == []

    return check
