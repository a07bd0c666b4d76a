"""What is asked of a page in the browser: no rule of accessibility broken, nothing too wide, nothing complained of."""

import base64
import functools
import hashlib
import hmac
import importlib.resources
import os
import re
import struct
from typing import Any

WIDTHS = (320, 390, 768, 1024, 1440, 1920)
SCHEMES = ("light", "dark")
# Axe takes a second or more each time.
IS_LONG = os.environ.get("WELLSERVED_SOAK") == "1"
# Colours are the same at every width and take no room: only the long battery looks at more of them in the dark.
AXE_AT = {("light", 390), ("light", 1440), ("dark", 1440)} | ({("dark", 390)} if IS_LONG else set())
MEASURED_AT = {(scheme, width) for scheme in (SCHEMES if IS_LONG else ("light",)) for width in WIDTHS}
HEIGHT = 900
OK = 200
REFUSED = frozenset({409, 422})
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => {
  const right = document.documentElement.clientWidth;
  const inside = (it) => { for (let up = it.parentElement; up && up !== document.body; up = up.parentElement)
    if (getComputedStyle(up).overflowX !== "visible") return true; return false; };
  const wide = [...document.body.querySelectorAll("*")]
    .filter((it) => it.getBoundingClientRect().right > right + 0.5 && !inside(it));
  return wide.slice(0, 2).map((it) => it.outerHTML.slice(0, 90)).join(" | ");
}"""
# A choice without a box or a circle cannot be made, and no rule of accessibility says so.
UNCHOOSABLE = (
    """() => [...document.querySelectorAll(".choice-list .check:not(:has(input))")].map((it) => it.innerText)"""
)
RUN_AXE = """async (rules) => (await axe.run(document, {resultTypes: ["violations"], ...rules})).violations
  .map((it) => `${it.id} ${it.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(" ; ")}`)"""
# In the dark the page has other colours and nothing else, so the rules about colours are asked again.
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast", "link-in-text-block", "target-size"]}}
# Tokens, and the frame round a page: it is judged with the pages that only its owner sees.
FRAME = re.compile(
    r'<nav class="(?:side|dock)".*?</nav>|<header class="top">.*?</header>|<input type="hidden"[^>]*>'
    r'|<meta name="csrf-token"[^>]*>',
    re.DOTALL,
)
TAG = re.compile(r"<([a-z][\w-]*)([^<>]*)>")
KIND = re.compile(r'\b(?:class|type|role|scope)="[^"]*"')
NAMED = re.compile(r'\b([a-z][\w-]*)(?==")')
TYPED = """(it) => [...it.querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio]), textarea")]"""
REQUIRING = f"""[...document.querySelectorAll("main form[method=post]")].filter((form) =>
  ({TYPED})(form).some((it) => it.labels[0] && !it.labels[0].querySelector(".optional")))"""
FORMS = f"""() => {REQUIRING}.map((it) => it.getAttribute("action") ?? "")"""
SEND_EMPTY = f"""(at) => {{
  const form = {REQUIRING}[at];
  form.noValidate = true;
  for (const it of ({TYPED})(form)) it.value = "";
  form.submit();
}}"""
REPORTS = """addEventListener("securitypolicyviolation", (it) =>
  console.error(`content policy: ${it.violatedDirective} ${it.blockedURI}`));"""


@functools.cache
def axe_script() -> str:
    """Return the source of axe-core."""
    return (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


class Known:
    """What has been looked at so far, by whoever it was drawn for: markups, routes, and the bones of their pages."""

    def __init__(self) -> None:
        self.markups: set[str] = set()
        self.routes: set[str] = set()
        self.bones: set[str] = set()

    def is_new(self, markup: str) -> bool:
        """Return whether this markup was met for the first time."""
        digest = hashlib.sha256(markup.encode()).hexdigest()
        is_new = digest not in self.markups
        self.markups.add(digest)
        return is_new

    def has_news(self, route: str, body: str) -> bool:
        """Return whether there is something to learn: another route, or a part that no page had before.

        The long battery takes every page for news.
        """
        bones = bones_of(body)
        has_news = route not in self.routes or not bones <= self.bones or IS_LONG
        self.routes.add(route)
        self.bones |= bones
        return has_news


def bones_of(body: str) -> set[str]:
    """Return the kinds of elements of a page, each with its classes and the names of its attributes."""
    return {
        " ".join([tag, *KIND.findall(marks), *sorted(set(NAMED.findall(marks)))]) for tag, marks in TAG.findall(body)
    }


class Probe:
    """One page of the browser, what it complained of, and what has been looked at already."""

    def __init__(self, context: Any, *, known: Known) -> None:
        self.page = context.new_page()
        self.page.add_init_script(REPORTS)
        self.known = known
        self.said: list[str] = []
        self.drawn = 0
        self.refusals = 0
        self.judged = 0
        self.measured = 0
        self.page.on("console", lambda it: self._hear(it.text, it.location.get("url", "")) if it.type == "error" else 0)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("requestfailed", self._miss)

    def _hear(self, text: str, where: str) -> None:
        # The status of the page itself is looked at by whoever opened it.
        if not (text.startswith("Failed to load resource") and where == self.page.url):
            self.said.append(f"{text} ({where})")

    def _miss(self, request: Any) -> None:
        # What a page was still waiting for when it was left has not failed.
        if request.failure != "net::ERR_ABORTED":
            self.said.append(f"{request.url}: {request.failure}")

    def judge(self, name: str) -> list[str]:
        """Return what is wrong with the page that is open, at every width, light and dark."""
        self.page.evaluate(axe_script())
        self.drawn += 1
        faults = []
        for scheme in SCHEMES:
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for width in WIDTHS:
                if (scheme, width) in AXE_AT | MEASURED_AT:
                    self.page.set_viewport_size({"width": width, "height": HEIGHT})
                    faults += self._judge_at(width, scheme, name)
        faults += [f"{name} offers a choice that cannot be made: {it}" for it in self.page.evaluate(UNCHOOSABLE)]
        faults += [f"{name} says {words}" for words in self.said]
        self.said.clear()
        return faults

    def _judge_at(self, width: int, scheme: str, name: str) -> list[str]:
        faults = []
        over = self.page.evaluate(TOO_WIDE)
        self.measured += 1
        if over > 0:
            faults.append(f"{name} is {over} px too wide at {width}, {scheme}: {self.page.evaluate(WIDEST)}")
        if (scheme, width) in AXE_AT:
            # From the top: wherever else a page stands, the bar that stays in view covers what scrolls beneath it.
            self.page.evaluate("window.scrollTo(0, 0)")
            faults += [f"{name} at {width}, {scheme}: {it}" for it in self.page.evaluate(RUN_AXE, RULES[scheme])]
            self.judged += 1
        return faults

    def send_empty(self, address: str, name: str, *, route: str) -> list[str]:
        """Send each form that requires something with nothing in it; return what is wrong with the answers."""
        self.page.set_viewport_size({"width": 1440, "height": HEIGHT})
        self.page.goto(address)
        faults = []
        for position, action in enumerate(self.page.evaluate(FORMS)):
            if not self.known.is_new(f"{action or address} sent empty"):
                continue
            self.page.goto(address)
            with self.page.expect_navigation() as sent:
                self.page.evaluate(SEND_EMPTY, position)
            if sent.value.status in REFUSED:
                self.refusals += 1
                if self.known.has_news(f"{route} refused", self.page.content()):
                    faults += self.judge(f"{name}, a form sent empty ({action})")
            elif sent.value.status != OK:
                faults.append(f"{name}, a form sent empty ({action}), answered {sent.value.status}")
        self.said.clear()
        return faults

    def is_worth_a_look(self, body: str, *, route: str) -> bool:
        """Return whether a page of this markup has not been judged yet, whoever it was drawn for, and has news."""
        return self.known.is_new(FRAME.sub("", body)) and self.known.has_news(route, body)


def code_now(secret: str, *, seconds: float) -> str:
    """Return the six figures an authenticator app shows at a Unix time (RFC 6238)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(seconds) // 30), "sha1").digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
