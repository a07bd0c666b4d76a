import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils import timezone
from jinja2 import UndefinedError

from wellserved.platform.ui.gallery import StandardForm, refuse_form
from wellserved.platform.ui.icons import ICONS, draw_icon
from wellserved.platform.ui.markdown import render_markdown
from wellserved.platform.ui.sparkline import draw_sparkline
from wellserved.platform.ui.types import ThreadRecord

STEPS = ["Expectation", "Standard", "Clock", "Deviation", "Repeat problem", "Change", "Effect", "Evidence"]


def squeeze(markup):
    return re.sub(r"\s+", " ", str(markup)).strip()


def test_the_environment_escapes_and_refuses_missing_names(env):
    assert env.from_string("{{ text }}").render(text="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError, match="'missing' is undefined"):
        env.from_string("{{ missing }}").render()


def test_moments_are_shown_in_the_zone_of_the_reader(env):
    moment = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    template = env.from_string("{{ at|time }} {{ at|datetime }}")
    with timezone.override("Asia/Kolkata"):
        assert template.render(at=moment) == "17:30 1 Jul 2026, 17:30 IST"


def test_a_day_is_the_readers_where_it_is_a_moment_and_stays_where_it_is_a_date(env):
    template = env.from_string("{{ on|day }}, {{ on|weekday }}, {{ on|long_day }}, {{ on|span(on) }}")
    with timezone.override("Asia/Kolkata"):
        assert template.render(on=date(2026, 12, 1)) == (
            "1 Dec 2026, Tue 1 Dec 2026, 1 December 2026, 1 Dec 2026 to 1 Dec 2026"
        )
        assert template.render(on=datetime(2026, 11, 30, 23, 0, tzinfo=UTC)).startswith("1 Dec 2026, Tue 1 Dec 2026")


def test_a_meeting_names_its_weekday_and_a_customer_reads_the_whole_month(ui):
    moment = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
    with timezone.override("Europe/London"):
        assert ">Sun 29 Nov 2026, 09:00 GMT<" in str(ui.moment(moment, "weekday"))
        assert ">29 November 2026, 09:00 GMT<" in str(ui.moment(moment, "long"))
        assert ">29 Nov 2026<" in str(ui.moment(moment, "date"))


def test_a_moment_is_exact_for_machines_and_on_hover(ui):
    with timezone.override("Europe/London"):
        drawn = str(ui.moment(datetime(2026, 7, 1, 12, 0, tzinfo=UTC), "in 8 min"))
    assert drawn == '<time datetime="2026-07-01T12:00:00+00:00" title="1 Jul 2026, 13:00 BST">in 8 min</time>'


def test_a_button_carries_its_key_for_eyes_scripts_and_screen_readers(ui):
    assert str(ui.button("Send", variant="primary", key="Control+Enter")) == (
        '<button class="btn btn-primary" type="submit" data-shortcut="Control+Enter"'
        ' aria-keyshortcuts="Control+Enter">'
        '<span>Send</span> <kbd aria-hidden="true">Ctrl Enter</kbd></button>'
    )


def test_a_button_without_words_keeps_its_name(ui):
    drawn = str(ui.button("Refresh", icon="refresh", hide_label=True, type="button"))
    assert 'aria-label="Refresh" title="Refresh"' in drawn
    assert "<span>" not in drawn


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("running", "tag clock"),
        ("due_soon", "tag clock t-warn"),
        ("breached", "tag clock t-bad"),
        ("met", "tag clock t-ok"),
        ("missed", "tag clock t-bad"),
        ("paused", "tag clock t-info"),
        ("stopped", "tag clock"),
        ("none", "tag clock"),
    ],
)
def test_a_clock_is_a_shape_a_word_and_a_colour(ui, state, kind):
    drawn = str(ui.clock_badge(state, "41 min left"))
    assert drawn.startswith(f'<span class="{kind}" data-clock="{state}"><svg')
    assert "41 min left" in drawn


def test_the_strip_links_what_is_there_and_names_quietly_what_is_not(ui):
    links = {"standard": [ThreadRecord(label="First reply in 1 h", url="/standards/1")]}
    drawn = squeeze(ui.thread_strip(links, current="clock"))
    assert re.findall(r"</svg>([\w ]+)</span>", drawn) == STEPS
    assert drawn.count("<a ") == 1
    assert '<a href="/standards/1">First reply in 1 h</a>' in drawn
    assert drawn.count('<li class="none here" aria-current="step">') == 1
    assert "what keeps causing it" in drawn


def test_the_strip_shows_three_records_and_counts_the_rest(ui):
    links = {"evidence": [{"label": f"E-{number}", "url": f"/e/{number}"} for number in range(5)]}
    drawn = squeeze(ui.thread_strip(links))
    assert re.findall(r">(E-\d)</a>", drawn) == ["E-0", "E-1", "E-2"]
    assert "and 2 more" in drawn


def test_a_table_names_every_cell_and_prints_a_dash_for_nothing(ui):
    columns = [{"label": "Standard"}, {"label": "Now", "numeric": True}]
    drawn = squeeze(ui.data_table("Standards", columns, [["First reply", "92.4 %"], ["Solved", None]]))
    assert '<th scope="row">First reply</th> <td class="n" data-label="Now">92.4 %</td>' in drawn
    assert '<td class="n" data-label="Now">–</td>' in drawn  # noqa: RUF001
    assert '<th scope="col" class="n">Now</th>' in drawn


def test_an_empty_table_is_a_sentence(ui):
    drawn = squeeze(ui.data_table("Standards", [{"label": "Standard"}], [], empty="No standards yet."))
    assert drawn == '<p class="empty empty-quiet">No standards yet.</p>'


def test_a_field_ties_label_hint_error_and_control_together(ui):
    drawn = squeeze(ui.field(refuse_form()["name"]))
    assert '<label for="bad_name">' in drawn
    assert 'id="bad_name_hint"' in drawn
    assert 'id="bad_name_error"' in drawn
    assert 'aria-describedby="bad_name_hint bad_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_a_date_field_is_a_date_for_the_browser_in_iso_form(ui):
    form = StandardForm(initial={"starts_on": datetime(2026, 11, 24, tzinfo=UTC).date()})
    drawn = squeeze(ui.date_field(form["starts_on"]))
    assert '<input type="date" name="starts_on" value="2026-11-24"' in drawn


def test_drawing_a_field_leaves_its_form_unchanged(ui):
    form = StandardForm()
    before = str(form["opens_at"])
    ui.time_field(form["opens_at"])
    assert str(form["opens_at"]) == before


def test_choices_are_a_fieldset_with_a_legend(ui):
    drawn = squeeze(ui.choices(StandardForm()["measured"], hints={"open": "Nights do not count."}))
    assert "<legend>Clock runs</legend>" in drawn
    assert drawn.count('type="radio"') == 2
    assert drawn.count("Nights do not count.") == 1


def test_the_error_summary_links_to_each_field_and_names_it(ui):
    drawn = squeeze(ui.error_summary(refuse_form()))
    assert 'role="alert" tabindex="-1"' in drawn
    assert '<a href="#bad_name">Name: This field is required.</a>' in drawn
    assert drawn.count("<li>") == 4


def test_a_form_without_errors_has_no_summary(ui):
    assert squeeze(ui.error_summary(StandardForm())) == ""


def test_every_kind_of_field_is_drawn_with_its_own_control(ui):
    drawn = squeeze(ui.form_fields(StandardForm()))
    assert re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', drawn) == [
        "name", "queue", "because", "starts_on", "opens_at", "minutes", "limit", "measured", "measured",
        "announce", "history",
    ]  # fmt: skip


def test_a_hidden_field_stays_hidden(ui):
    class Hidden(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput, initial=4)

    assert squeeze(ui.form_fields(Hidden())) == '<input type="hidden" name="version" value="4" id="id_version">'


def test_a_sparkline_breaks_where_nothing_was_measured():
    drawn = str(draw_sparkline([1.0, 2.0, None, 3.0]))
    assert re.search(r'class="spark-line" d="([^"]+)"', drawn).group(1) == "M4.0 34.0L57.3 19.0M164.0 4.0"


def test_a_sparkline_marks_better_with_squares_and_worse_with_diamonds():
    drawn = str(draw_sparkline([1, 2, 3], states=["common", "improve", "concern"]))
    assert drawn.count('<rect class="spc-improve"') == 1
    assert drawn.count('<path class="spc-concern"') == 1


def test_a_sparkline_of_nothing_is_a_dash():
    assert str(draw_sparkline([None, None])) == '<span class="quiet">–</span>'  # noqa: RUF001


def test_an_unknown_icon_is_refused_by_name():
    with pytest.raises(LookupError, match="There is no icon named 'tody'"):
        draw_icon("tody")


def test_an_icon_is_decoration_unless_it_is_named():
    assert 'aria-hidden="true"' in draw_icon("mail")
    assert 'role="img" aria-label="E-mail"' in draw_icon("mail", "E-mail")


def test_the_icons_weigh_at_most_8_kb_together():
    assert len("".join(ICONS.values()).encode()) <= 8_000


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold**", "<p><strong>bold</strong></p>\n"),
        ("# Heading", "<h2>Heading</h2>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("![spy](https://example.com/p.gif)", "<p></p>\n"),
        (
            "[docs](https://example.com)",
            '<p><a href="https://example.com" rel="noopener noreferrer nofollow">docs</a></p>\n',
        ),
        ("", ""),
    ],
)
def test_markdown_comes_out_safe(text, html):
    assert str(render_markdown(text)) == html


def test_the_gallery_has_one_heading_and_one_primary_button(gallery_page):
    main = gallery_page[gallery_page.index("<main") : gallery_page.index("<dialog")]
    assert main.count("<h1>") == 1
    head = main[main.index('<header class="head">') : main.index("</header>")]
    assert head.count("btn-primary") == 1


def test_the_gallery_uses_every_id_once(gallery_page):
    repeated = [name for name, times in Counter(re.findall(r'\sid="([^"]+)"', gallery_page)).items() if times > 1]
    assert repeated == []


def test_the_gallery_gives_every_shortcut_once(gallery_page):
    keys = Counter(re.findall(r'data-shortcut="([^"]+)"', gallery_page))
    assert [key for key, times in keys.items() if times > 1] == []
    assert {"g t", "g i", "b", "r", "n", "z", "m", "/", "Control+Enter"} <= set(keys)


def test_no_shortcut_needs_alt(gallery_page):
    assert re.findall(r'data-shortcut="[^"]*Alt[^"]*"', gallery_page) == []


def test_the_gallery_shows_every_component(env, gallery_page):
    source = env.loader.get_source(env, "ui/gallery.html")[0]
    used_inside = {
        "verdict",
        "textarea",
        "select",
        "datetime_field",
        "select_box",
        "select_all",
        "chart_frame",
        "filter_chips",
    }
    names = set(re.findall(r"{% set (\w+) =", env.loader.get_source(env, "ui/components.html")[0]))
    shown = set(re.findall(r"ui\.(\w+)\(", source)) | {"toast_region", "field"}
    assert names - shown - used_inside == set()


def test_the_shell_draws_without_anything_given(env):
    page = env.get_template("ui/base.html").render()
    assert "<title>Wellserved · Wellserved</title>" in page
    assert "data-theme" not in page.split("<head>")[0]


def test_the_theme_of_the_cookie_is_there_from_the_first_byte(env):
    assert ' data-theme="dark">' in env.get_template("ui/base.html").render(theme="dark").split("<head>")[0]


def test_the_portal_shell_has_no_script(env):
    page = env.get_template("ui/error.html").render(title="This page is not here", sentence="The address may be old.")
    assert "<script" not in page
    assert "<h1>This page is not here</h1>" in page


def test_a_phone_sees_four_places_and_more(gallery_page):
    dock = gallery_page[gallery_page.index('<nav class="dock"') :]
    before_more = dock[: dock.index("<details")]
    assert re.findall(r'<span class="nm">(\w+)</span>', before_more) == [
        "Today",
        "Inbox",
        "Standards",
        "Staffing",
    ]


@pytest.mark.parametrize(
    ("filled", "is_open", "says"),
    [(["", None, False], False, "Filter"), (["refund", None, 7], True, "Filter: 2 set")],
)
def test_filters_wait_behind_a_button_that_says_how_many_are_set(env, filled, is_open, says):
    drawn = squeeze(
        env.from_string(
            '{% import "ui/components.html" as ui %}'
            '{% call ui.filter_bar("/risks", filled=filled) %}<i></i>{% endcall %}'
        ).render(filled=filled)
    )
    assert ('<details class="filter-more" open>' in drawn, '<details class="filter-more">' in drawn) == (
        is_open,
        not is_open,
    )
    assert f"<span>{says}</span>" in drawn
    assert drawn.index("</details>") < drawn.index("<i></i>") < drawn.index('type="submit"')


def test_a_search_alone_needs_no_button(env):
    drawn = env.from_string(
        '{% import "ui/components.html" as ui %}{% call ui.filter_bar("/partners") %}<i></i>{% endcall %}'
    ).render()
    assert "<details" not in drawn


def test_a_span_of_days_breaks_between_them_alone(ui):
    assert str(ui.days(date(2026, 12, 1), date(2027, 3, 31))) == (
        '<span class="num">1 Dec 2026</span> to <span class="num">31 Mar 2027</span>'
    )
