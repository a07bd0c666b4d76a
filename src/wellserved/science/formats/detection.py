"""Propose a mapping for a table nobody has seen before, and say why in words a person can check."""

from collections import Counter
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass
from typing import Final

from wellserved.science.formats.candidates import score_columns
from wellserved.science.formats.mapping import ROLES, TIME_ROLES, Mapping
from wellserved.science.formats.moments import date_order, parse_time
from wellserved.science.formats.profiles import MISSING, ColumnProfile, profile_columns, sample_rows
from wellserved.science.formats.tables import Table
from wellserved.science.formats.vocabulary import event_kind_of, status_category_of

__all__ = ["Detection", "detect_mapping"]

MOST_WORDS: Final = 500
LEAST_REPEATS: Final = 0.05
MOST_ALTERNATIVES: Final = 5
_Scores = dict[str, list[tuple[float, ColumnProfile]]]
_Chosen = dict[str, tuple[float, ColumnProfile]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """A proposed mapping, usable as it is when there are no `problems`.

    `confidence` runs from 0 to 1 for each role and `alternatives` are other columns for it; `reasons` and
    `problems` are sentences for a person; `guesses` are the time roles whose dates could be day or month first.
    """

    mapping: Mapping
    confidence: AbstractMapping[str, float]
    reasons: tuple[str, ...]
    alternatives: AbstractMapping[str, tuple[str, ...]]
    problems: tuple[str, ...]
    guesses: tuple[str, ...] = ()


def detect_mapping(table: Table, *, sample: int = 5000, timezone: str = "UTC") -> Detection:
    """Propose how to read a table, from its headers and the values of its first rows.

    The words of the status and activity columns, and the order of day and month where the sample leaves it
    open, are looked for in the whole table. `timezone` is the zone of times that carry none.

    >>> rows = [["7", "Opened", "29/2/2016 01:16"], ["7", "Closed", "1/3/2016 10:00"]]
    >>> detection = detect_mapping(Table.of(["Case ID", "Activity", "Complete Timestamp"], rows))
    >>> detection.mapping.shape, detection.mapping.time_format, detection.mapping.activity_map
    ('events', 'dmy', {'Closed': 'closed', 'Opened': 'opened'})
    """
    rows = sample_rows(table, sample)
    profiles = profile_columns(table.columns, rows)
    scores = score_columns(profiles)
    shape, reasons = _detect_shape(scores, profiles, rows)
    chosen = _choose(shape, scores, profiles, rows)
    formats, time_reasons, guesses = _detect_formats(chosen, table, timezone)
    common = Counter(formats.values()).most_common(1)[0][0] if formats else "iso"
    spoken = _count_words(table, chosen)
    acts: Counter[str] = spoken.get("activity", Counter())
    states = spoken.get("status") or acts
    mapping = Mapping(
        shape=shape,
        columns={role: chosen[role][1].name for role in ROLES if role in chosen},
        time_format=common,
        time_formats={role: rule for role, rule in formats.items() if rule != common},
        timezone=timezone,
        status_map={word: status_category_of(word) for word in sorted(states)},
        activity_map={word: event_kind_of(word) for word in sorted(acts)},
    )
    named = [
        f"{role}: column {profile.name!r}, by its {'name and values' if score >= 0.6 else 'values'}."
        for role, (score, profile) in chosen.items()
    ]
    return Detection(
        mapping=mapping,
        confidence={role: score for role, (score, _profile) in chosen.items()},
        reasons=(*reasons, *named, *time_reasons, *_explain_words(mapping, spoken)),
        alternatives=_alternatives(chosen, scores),
        problems=mapping.problems(table.columns),
        guesses=guesses,
    )


def _detect_shape(
    scores: _Scores, profiles: tuple[ColumnProfile, ...], rows: list[tuple[str, ...]]
) -> tuple[str, tuple[str, ...]]:
    acts = scores["activity"] or scores["status"]
    if not scores["case"]:
        shape = "events" if scores["time"] and scores["activity"] and not scores["opened"] else "tickets"
        return shape, ("No column is called like a case identifier.",)
    case = scores["case"][0][1]
    repeats = 1 - case.distinct / case.count if case.count else 0.0
    share = f"{repeats:.0%} of the sampled rows repeat a value of column {case.name!r}"
    timed = any(profile.is_time or profile.epoch for profile in profiles)
    if repeats >= LEAST_REPEATS and acts and timed:
        return "events", (f"One row is one event: {share}.",)
    if len(rows) > 0 and scores["activity"] and not scores["opened"] and timed:
        return "events", (f"One row is one event: there is an activity and no opening time ({share}).",)
    return "tickets", (f"One row is one ticket: {share}.",)


def _choose(shape: str, scores: _Scores, profiles: tuple[ColumnProfile, ...], rows: list[tuple[str, ...]]) -> _Chosen:
    chosen: _Chosen = {}
    taken: set[str] = set()

    def take(role: str, score: float, profile: ColumnProfile) -> None:
        chosen[role] = (score, profile)
        taken.add(profile.name)

    if scores["case"]:
        take("case", *scores["case"][0])
    when = "time" if shape == "events" else "opened"
    times = _times_that_move(scores[when], chosen.get("case"), rows) if shape == "events" else scores[when]
    times = times or [(0.4, profile) for profile in profiles if profile.is_time and profile.name not in taken][:1]
    if times:
        take(when, *times[0])
    if shape == "events":
        acts = [item for item in scores["activity"] if item[1].name not in taken]
        if acts:
            take("activity", *acts[0])
    act = chosen.get("activity")
    states = [item for item in scores["status"] if item[1].name not in taken or (act and item[1].name == act[1].name)]
    if states:
        take("status", *states[0])
    rest = sorted(
        (
            (score, role, profile)
            for role in ROLES
            if role not in {"case", "time", "activity", "status"}
            for score, profile in scores[role]
        ),
        key=lambda item: (-item[0], ROLES.index(item[1]), item[2].place),
    )
    for score, role, profile in rest:
        if role not in chosen and profile.name not in taken:
            take(role, score, profile)
    if when not in chosen or chosen[when][1].tells_clock:  # only a bare date has its time of day elsewhere
        chosen.pop("time_of_day", None)
    return chosen


def _times_that_move(
    times: list[tuple[float, ColumnProfile]],
    case: tuple[float, ColumnProfile] | None,
    rows: list[tuple[str, ...]],
) -> list[tuple[float, ColumnProfile]]:
    """The time of an event differs between the events of a case; the time the case was opened does not."""
    if case is None:
        return times
    at = case[1].place
    moving = []
    for score, profile in times:
        first: dict[str, str] = {}
        moves = any(first.setdefault(row[at], row[profile.place]) != row[profile.place] for row in rows)
        moving.append((score if moves else round(score * 0.3, 3), profile))
    return sorted(moving, key=lambda item: (-item[0], item[1].place))


def _detect_formats(
    chosen: _Chosen, table: Table, timezone: str
) -> tuple[dict[str, str], tuple[str, ...], tuple[str, ...]]:
    formats: dict[str, str] = {}
    reasons: list[str] = []
    guesses: list[str] = []
    naive = False
    for role in TIME_ROLES:
        if role not in chosen:
            continue
        profile = chosen[role][1]
        formats[role], reason, is_guess = _detect_order(profile, table)
        reasons.append(reason)
        if is_guess:
            guesses.append(role)
        naive = naive or _is_naive(profile, table, formats[role])
    if naive:
        reasons.append(f"Times carry no zone and are read as {timezone}: set `timezone` if they are local elsewhere.")
    return formats, tuple(reasons), tuple(guesses)


def _detect_order(profile: ColumnProfile, table: Table) -> tuple[str, str, bool]:
    name = profile.name
    if profile.epoch and not profile.is_time:
        return profile.epoch, f"Column {name!r} counts from 1970.", False
    orders = profile.orders
    if orders["either"] and not (orders["dmy"] or orders["mdy"]):
        orders = Counter(
            order
            for cell in {row[profile.place] for row in table.rows if len(row) > profile.place}
            if (order := date_order(cell))
        )
    day_first, month_first = orders["dmy"], orders["mdy"]
    if day_first or month_first:
        rule = "dmy" if day_first >= month_first else "mdy"
        which = "day first" if rule == "dmy" else "month first"
        odd = " (some values say otherwise and will be refused)" if day_first and month_first else ""
        return rule, f"Column {name!r} is read {which}: some of its dates exist only so{odd}.", False
    if orders["either"]:
        return (*_guess_order(profile, table), True)
    return "iso", f"Column {name!r} names the year first or the month by name.", False


def _guess_order(profile: ColumnProfile, table: Table) -> tuple[str, str]:
    """No date decides: the reading whose dates lie closer together is the likelier one."""
    cells = {row[profile.place] for row in table.rows if len(row) > profile.place}
    spans = {}
    for rule in ("dmy", "mdy"):
        days = [moment.toordinal() for cell in cells if (moment := parse_time(cell, rule)) is not None]
        spans[rule] = max(days) - min(days)
    rule = "mdy" if spans["mdy"] < spans["dmy"] else "dmy"
    which = "month" if rule == "mdy" else "day"
    return rule, f"Column {profile.name!r} could be day or month first; {which} first is a guess: check it."


def _is_naive(profile: ColumnProfile, table: Table, rule: str) -> bool:
    for row in table.rows:
        cell = row[profile.place].strip() if len(row) > profile.place else ""
        if cell and cell not in MISSING:
            moment = parse_time(cell, rule)
            return moment is not None and moment.tzinfo is None
    return False


def _count_words(table: Table, chosen: _Chosen) -> dict[str, Counter[str]]:
    places = {role: chosen[role][1].place for role in ("activity", "status") if role in chosen}
    spoken: dict[str, Counter[str]] = {role: Counter() for role in places}
    if not places:
        return spoken
    for row in table.rows:
        for role, place in places.items():
            word = row[place].strip() if len(row) > place else ""
            if word and word not in MISSING:
                counter = spoken[role]
                if word in counter or len(counter) < MOST_WORDS:
                    counter[word] += 1
    return spoken


def _explain_words(mapping: Mapping, spoken: dict[str, Counter[str]]) -> list[str]:
    if "status" not in spoken:
        return []
    unknown = [word for word, category in mapping.status_map.items() if category is None]
    if not unknown:
        return []
    listed = ", ".join(f"{word!r} ({spoken['status'][word]:,} rows)" for word in unknown[:10])
    return [f"These words of the status column say nothing known and change no status: {listed}."]


def _alternatives(chosen: _Chosen, scores: _Scores) -> dict[str, tuple[str, ...]]:
    found = {}
    for role, listed in scores.items():
        mine = chosen[role][1].name if role in chosen else ""
        names = tuple(profile.name for _score, profile in listed if profile.name != mine)[:MOST_ALTERNATIVES]
        if names:
            found[role] = names
    return found
