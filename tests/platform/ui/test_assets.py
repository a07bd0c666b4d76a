import gzip
import hashlib
import re
from graphlib import TopologicalSorter
from pathlib import Path

from wellserved.platform import ui

HOME = Path(ui.__file__).parent
STATIC = HOME / "static/ui"
PRODUCT = HOME.parents[1]
TEMPLATES = sorted(PRODUCT.rglob("templates/**/*.html"))
INLINE_STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|javascript:|hx-on", re.IGNORECASE)
ELSEWHERE = re.compile(r"""(?:src|href|url\()\s*=?\s*["']?(?:https?:)?//""")


def weigh(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def test_all_scripts_of_the_shell_weigh_at_most_35_kb():
    assert weigh([*STATIC.glob("js/*.js"), *STATIC.glob("vendor/*.js")]) <= 35_000


def test_all_styles_weigh_at_most_20_kb():
    assert weigh(list(STATIC.glob("*.css"))) <= 20_000


def test_the_one_font_weighs_at_most_50_kb():
    fonts = list(STATIC.glob("fonts/*.woff2"))
    assert [font.name for font in fonts] == ["inter-latin-wght-normal.woff2"]
    assert fonts[0].stat().st_size <= 50_000


def test_every_module_is_at_most_150_lines():
    long = [path.name for path in STATIC.glob("js/*.js") if len(path.read_text(encoding="utf-8").splitlines()) > 150]
    assert long == []


def test_modules_never_import_in_a_circle_so_that_their_names_can_carry_their_content():
    imports = {
        path.name: set(re.findall(r'(?:from |import\()"\./(\w+\.js)"', path.read_text(encoding="utf-8")))
        for path in STATIC.glob("js/*.js")
    }
    order = list(TopologicalSorter(imports).static_order())
    assert order[-1] == "boot.js"
    assert sorted(order) == sorted(imports)


def test_what_came_from_others_is_unchanged_and_carries_its_licence():
    listed = [line.split() for line in (STATIC / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    assert [hashlib.sha256((STATIC / name).read_bytes()).hexdigest() for _, name in listed] == [
        sum_ for sum_, _ in listed
    ]
    assert (STATIC / "vendor/htmx-LICENSE.txt").read_text(encoding="utf-8").startswith("Zero-Clause BSD")
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts/OFL.txt").read_text(encoding="utf-8")


def test_no_template_writes_style_or_script_into_a_page():
    found = [
        f"{path.relative_to(PRODUCT)}: {match.group()}"
        for path in TEMPLATES
        for pattern in (INLINE_STYLE, INLINE_SCRIPT)
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert len(TEMPLATES) >= 15
    assert found == []


def test_no_asset_or_template_asks_another_site_for_anything():
    ours = [*TEMPLATES, *STATIC.glob("*.css"), *STATIC.glob("js/*.js")]
    assert [path.name for path in ours if ELSEWHERE.search(path.read_text(encoding="utf-8"))] == []


def test_styles_and_scripts_set_no_colour_outside_the_tokens():
    css = (STATIC / "app.css").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[;\s,)])", css) == []
