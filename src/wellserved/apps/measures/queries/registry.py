"""The metrics there are, each defined once: every page, answer and export asks the same definition."""

from wellserved.apps.measures.adapters import formulas
from wellserved.apps.measures.types import Cohort, Formula, Metric, Statistic
from wellserved.platform.errors import Invalid

MANAGER, LEADER = "manager", "team_leader"
_SAID = ("customer", "reply")


def _metric(
    name: str,
    question: str,
    formula: Formula,
    statistic: Statistic,
    cohort: Cohort,
    *,
    unit: str,
    better: str = "",
    owner: str = MANAGER,
) -> Metric:
    title = name.replace("_", " ").capitalize()
    return Metric(
        name=name,
        title=title,
        question=question,
        unit=unit,
        better=better or ("higher" if statistic == Statistic.SHARE else "lower"),
        cohort=cohort,
        statistic=statistic,
        owner=owner,
        formula=formula,
    )


def _share(name: str, question: str, formula: Formula, cohort: Cohort, *, better: str = "higher") -> Metric:
    return _metric(name, question, formula, Statistic.SHARE, cohort, unit="share", better=better)


def _times(name: str, question: str, formula: Formula, cohort: Cohort) -> tuple[Metric, ...]:
    """Return the median of a time and the time nine in ten stay within."""
    half = f"{question} Half take no longer."
    most = f"{question} Nine in ten take no longer."
    return (
        _metric(name, half, formula, Statistic.MEDIAN, cohort, unit="seconds", owner=LEADER),
        _metric(f"{name}_p90", most, formula, Statistic.P90, cohort, unit="seconds", owner=LEADER),
    )


def _daily(name: str, question: str, formula: Formula, cohort: Cohort, *, better: str = "neither") -> Metric:
    return _metric(name, question, formula, Statistic.PER_DAY, cohort, unit="a day", better=better)


def _mean(name: str, question: str, formula: Formula, cohort: Cohort, unit: str) -> Metric:
    return _metric(name, question, formula, Statistic.MEAN, cohort, unit=unit)


_OPENED, _RESOLVED, _DUE, _HAPPENED = Cohort.OPENED, Cohort.RESOLVED, Cohort.DUE, Cohort.HAPPENED
_FIRST = formulas.spell("tickets", "opened_at", "first_resolved_at")
_RESOLUTION = formulas.spell("tickets", "opened_at", "resolved_at")

METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        _share("targets_met", "Of all targets due, how many did we meet?", formulas.kept_clock(), _DUE),
        _share(
            "first_reply_met", "Of first replies due, how many came in time?", formulas.kept_clock("first_reply"), _DUE
        ),
        _share(
            "next_reply_met", "Of further replies due, how many came in time?", formulas.kept_clock("next_reply"), _DUE
        ),
        _share("informed_met", "Of updates due, how many came in time?", formulas.kept_clock("keep_informed"), _DUE),
        _share("resolution_met", "Of resolutions due, how many came in time?", formulas.kept_clock("resolution"), _DUE),
        _share(
            "supplier_met", "Of what suppliers owed us, how much came in time?", formulas.kept_clock("supplier"), _DUE
        ),
        _share("internal_met", "Of what colleagues owed us, how much came in time?", formulas.kept_clock("ola"), _DUE),
        *_times(
            "first_reply_time",
            "How long until a first reply, around the clock, of tickets that have one?",
            formulas.spell("tickets", "opened_at", "first_replied_at"),
            _OPENED,
        ),
        *_times(
            "first_reply_working",
            "How much working time until a first reply?",
            formulas.worked("first_reply"),
            _HAPPENED,
        ),
        *_times(
            "next_reply_working",
            "How much working time until a further reply?",
            formulas.worked("next_reply"),
            _HAPPENED,
        ),
        *_times(
            "silence_working", "How much working time between updates?", formulas.worked("keep_informed"), _HAPPENED
        ),
        *_times(
            "resolution_time",
            "How long until it is resolved, around the clock, of tickets that are?",
            _RESOLUTION,
            _OPENED,
        ),
        *_times(
            "first_resolution_time",
            "How long until it is first resolved, whether or not it is opened again?",
            _FIRST,
            _OPENED,
        ),
        _mean(
            "first_resolution_time_mean", "How long on average until it is first resolved?", _FIRST, _OPENED, "seconds"
        ),
        _mean(
            "resolution_time_mean",
            "How long on average, of tickets that are resolved?",
            _RESOLUTION,
            _OPENED,
            "seconds",
        ),
        *_times(
            "resolution_working",
            "How much working time until it is resolved?",
            formulas.worked("resolution"),
            _HAPPENED,
        ),
        _share(
            "resolved_in_two_days",
            "Of tickets opened, how many were resolved within 48 hours? Open ones younger than that are left out.",
            formulas.resolved_within(2),
            _OPENED,
        ),
        _daily("arrivals", "How many tickets come in?", formulas.happened("tickets", "opened_at"), _OPENED),
        _daily(
            "closures",
            "How many tickets are resolved?",
            formulas.happened("tickets", "resolved_at"),
            _RESOLVED,
            better="higher",
        ),
        _metric(
            "backlog",
            "How many tickets are open when the period ends?",
            formulas.open_at_end("one"),
            Statistic.COUNT,
            Cohort.ACTIVE,
            unit="tickets",
        ),
        *_times(
            "backlog_age", "How old is what is open when the period ends?", formulas.open_at_end("age"), Cohort.ACTIVE
        ),
        _share(
            "backlog_over_a_week",
            "Of what is open when the period ends, how much is older than seven days?",
            formulas.open_at_end("old"),
            Cohort.ACTIVE,
            better="lower",
        ),
        _share(
            "backlog_unanswered",
            "Of what is open when the period ends, how much has no reply yet?",
            formulas.open_at_end("silent"),
            Cohort.ACTIVE,
            better="lower",
        ),
        _share(
            "reopened", "Of tickets resolved, how many were opened again?", formulas.reopened, _RESOLVED, better="lower"
        ),
        _share(
            "first_contact_resolution",
            "Of tickets first resolved, how many saw neither a reopening nor another ticket of the same customer "
            f"within {formulas.WINDOW_DAYS} days? Those resolved more recently are left out.",
            formulas.first_contact,
            _RESOLVED,
        ),
        _mean(
            "transfers",
            "How often does a ticket change its queue?",
            formulas.number("transfers", at="opened_at"),
            _OPENED,
            "moves",
        ),
        _mean(
            "messages",
            "How many messages does a resolved ticket take?",
            formulas.messages(*_SAID),
            _RESOLVED,
            "messages",
        ),
        _mean(
            "replies",
            "How many of our replies does a resolved ticket take?",
            formulas.messages("reply"),
            _RESOLVED,
            "replies",
        ),
        *_times("wait_on_us", "How long does a resolved ticket wait on us?", formulas.waited("us"), _RESOLVED),
        *_times("wait_on_customer", "How long does it wait on the customer?", formulas.waited("customer"), _RESOLVED),
        *_times("wait_on_supplier", "How long does it wait on a supplier?", formulas.waited("supplier"), _RESOLVED),
        _share("promises_kept", "Of promises due, how many were kept?", formulas.kept_promise, _DUE),
        _daily("promises_made", "How many promises do we make?", formulas.happened("promises", "made_at"), _HAPPENED),
        _metric(
            "complaints_per_thousand",
            "Of a thousand tickets opened, how many become formal complaints?",
            formulas.complained,
            Statistic.PER_THOUSAND,
            _OPENED,
            unit="per thousand",
        ),
        _share(
            "complaints_upheld",
            "Of complaints decided, how many were upheld, wholly or in part?",
            formulas.upheld,
            _HAPPENED,
            better="lower",
        ),
        *_times(
            "complaint_time",
            "How long does a closed complaint take?",
            formulas.spell("complaints", "received_at", "closed_at", at="closed_at"),
            _HAPPENED,
        ),
        _mean(
            "cost_of_failure",
            "What does a closed complaint cost, with its remedies?",
            formulas.spent,
            _HAPPENED,
            "money",
        ),
    )
}


def metric(*, name: str) -> Metric:
    """Return the metric of this name."""
    if name not in METRICS:
        raise Invalid(f"There is no metric called {name[:60]}. There are: {', '.join(METRICS)}.", code="wrong_metric")
    return METRICS[name]
