"""The gallery as people meet it, drawn by Chromium under the strict policy."""

import http.server
import json
import shutil
import threading
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from wellserved.platform import ui as ui_package
from wellserved.platform.ui.gallery import build_gallery_context

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
STATIC = Path(ui_package.__file__).parent / "static"
POLICY = "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
PLACES = [{"label": "Standards", "url": "/standards", "group": "Go to", "keys": "g s"}]
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter((it) => it.checkVisibility() && !it.closest('dialog:not([open]), .skip'))
  .map((it) => [it.getBoundingClientRect(), it.outerHTML.slice(0, 90)])
  .filter(([box]) => box.width > 0 && (box.width < 23.5 || box.height < 23.5))
  .map(([, html]) => html)"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed, so no page can be drawn."),
]


class Desk(http.server.SimpleHTTPRequestHandler):
    """Serves one drawn page, the static files and a palette that knows one place."""

    page = b""

    def do_GET(self):
        address = urlsplit(self.path)
        if address.path == "/palette":
            query = parse_qs(address.query).get("q", [""])[0].lower()
            found = [place for place in PLACES if query in place["label"].lower()]
            self.answer(json.dumps(found).encode(), "application/json")
        elif address.path.startswith("/static/"):
            super().do_GET()
        else:
            self.answer(self.page, "text/html; charset=utf-8")

    def answer(self, body, content_type):
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def translate_path(self, path):
        return super().translate_path(path.removeprefix("/static"))

    def log_message(self, *words):
        """Keep the test output quiet."""


@pytest.fixture(scope="module")
def address(env):
    drawn = env.get_template("ui/gallery.html").render(build_gallery_context())
    handler = type("GalleryDesk", (Desk,), {"page": drawn.encode()})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(STATIC)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, address):
    contexts = []

    def open_(*, width=1440, theme="light", touch=False, scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            has_touch=touch,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_and_the_policy_is_kept(open_page, theme, width):
    page = open_page(width=width, theme=theme)
    result = Axe().run(page)
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in result.response["violations"]] == []
    assert len(result.response["passes"]) > 30
    assert page.complaints == []


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280, 1440, 1920])
def test_nothing_overflows_and_every_target_can_be_hit(open_page, width):
    page = open_page(width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(SMALL_TARGETS) == []


def test_the_palette_finds_a_place_and_goes_there_by_keys_alone(open_page):
    page = open_page()
    page.keyboard.press("Control+k")
    page.keyboard.type("stand")
    page.get_by_role("option", name="Standards").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/standards")


def test_the_list_of_keys_comes_from_the_page_and_closes_back_to_where_one_was(open_page):
    page = open_page()
    page.get_by_role("link", name="All teams").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    assert dialog.get_by_label("Inbox: key").input_value() == "g i"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "All teams"


def test_a_sequence_goes_to_its_place_and_a_changed_key_is_obeyed(open_page):
    page = open_page()
    page.keyboard.press("?")
    page.get_by_label("Inbox: key").focus()
    page.keyboard.press("q")
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    assert page.url.endswith("#inbox")
    page.keyboard.press("g")
    page.keyboard.press("t")
    assert page.url.endswith("#today")


def test_a_key_that_is_taken_is_refused_and_nothing_changes(open_page):
    page = open_page()
    page.keyboard.press("?")
    box = page.get_by_label("Inbox: key")
    box.focus()
    page.keyboard.press("b")
    assert box.input_value() == "g i"
    assert page.evaluate("localStorage.getItem('shortcuts')") is None


def test_single_keys_stay_quiet_in_a_field_with_altgr_and_when_switched_off(open_page):
    page = open_page()
    page.locator("#reply-body").focus()
    page.keyboard.type("?gi")
    assert page.locator("#reply-body").input_value().count("?gi") == 1
    assert page.locator("dialog:modal").count() == 0
    page.get_by_role("link", name="All teams").focus()
    page.keyboard.press("Alt+?")
    assert page.locator("dialog:modal").count() == 0
    page.evaluate("localStorage.setItem('shortcuts', JSON.stringify({off: true, map: {}}))")
    page.keyboard.press("?")
    assert page.locator("dialog:modal").count() == 0


def test_what_cannot_be_undone_asks_first_and_gives_the_focus_back(open_page):
    page = open_page()
    page.get_by_role("button", name="Delete").click()
    question = page.get_by_role("dialog", name="Delete this standard? Its history stays.")
    assert question.get_by_role("button").all_text_contents() == ["Cancel", "Delete"]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "Delete"


def test_the_theme_is_kept_in_a_cookie_for_the_server(open_page):
    page = open_page()
    page.get_by_role("button", name="Switch between light and dark").click()
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    assert [(cookie["name"], cookie["value"]) for cookie in page.context.cookies()] == [("theme", "dark")]


def test_a_toast_offers_to_take_back_what_was_done(open_page):
    page = open_page()
    page.evaluate("document.dispatchEvent(new CustomEvent('toast', {detail: {message: 'Resolved', undo: '/undo'}}))")
    page.locator("#toasts [data-toast]").wait_for()
    assert page.locator("#toasts button").all_text_contents() == ["Undo", "×"]  # noqa: RUF001


def test_without_scripts_the_menus_open_and_nothing_dead_is_shown(open_page):
    page = open_page(scripts=False)
    page.get_by_label("Amara Okafor, Service manager: your menu").click()
    assert page.get_by_role("button", name="Sign out").is_visible()
    assert page.locator(".js-only:visible").count() == 0


def test_on_touch_the_main_targets_are_44_pixels_high(open_page):
    page = open_page(width=390, touch=True)
    heights = page.evaluate(
        """[...document.querySelectorAll('.dock > a, .head .btn, .cmd')]
        .map((it) => it.getBoundingClientRect().height)"""
    )
    assert len(heights) == 7
    assert min(heights) >= 44
