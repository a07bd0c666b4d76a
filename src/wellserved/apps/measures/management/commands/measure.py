"""`wellserved measure <metric> --from --to --by --filter`."""

import csv
import datetime as dt
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.measures import queries
from wellserved.apps.measures.types import Question
from wellserved.platform import clock
from wellserved.platform.origin import World

COLUMNS = ("name", "value", "low", "high", "n", "is_enough", "reason")


class Command(BaseCommand):
    """Answer one question in figures."""

    help = "Answer a question in figures: a metric, from which day to which, split, filtered, as table or data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the question."""
        parser.add_argument("metric", help="its name; a wrong one lists them all")
        parser.add_argument("--from", dest="begins", required=True, help="the first day, such as 2026-03-01")
        parser.add_argument("--to", dest="ends", required=True, help="the day after the last")
        parser.add_argument("--by", default="", help="split by queue, team, product, ..., or by day, week, month")
        parser.add_argument("--filter", action="append", default=[], metavar="NAME=VALUE", help="such as queue=Parcels")
        parser.add_argument("--format", choices=["table", "json", "csv"], default="table")
        parser.add_argument("--sample", action="store_true", help="of the sample service")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask, and print in the form asked for."""
        actor = accounts.system_actor(world=World.SAMPLE if options["sample"] else World.REAL)
        question = Question(
            metric=options["metric"],
            begins=_day(options["begins"]),
            ends=_day(options["ends"]),
            filters=dict(_pair(text) for text in options["filter"]),
            by=options["by"],
        )
        found = queries.answer(actor=actor, question=question, now=clock.now())
        rows = [{name: getattr(figure, name) for name in COLUMNS} for figure in (found.whole, *found.parts)]
        if options["format"] == "csv":
            writer = csv.DictWriter(self.stdout, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        elif options["format"] == "json":
            whole = rows[0] | {"parts": rows[1:], "sequence": found.freshness.sequence, "unit": found.metric.unit}
            self.stdout.write(json.dumps(whole, indent=1))
        else:
            self.stdout.write(found.metric.question)
            for row in rows:
                self.stdout.write(_line(row, found.metric.unit))
            self.stdout.write(
                f"As of number {found.freshness.sequence:,} of history, {found.freshness.behind:,} behind."
            )


def _line(row: dict[str, Any], unit: str) -> str:
    if row["value"] is None:
        return f"{row['name'] or 'All'}: no figure ({row['reason']} n = {row['n']:,})"
    bounds = f" ({row['low']:,.4g} to {row['high']:,.4g})" if None not in {row["low"], row["high"]} else ""
    return f"{row['name'] or 'All'}: {row['value']:,.4g} {unit}{bounds}, n = {row['n']:,}"


def _day(text: str) -> dt.datetime:
    try:
        return clock.begin_of(dt.date.fromisoformat(text))
    except ValueError:
        raise CommandError(f"{text[:40]} is no day; write it as 2026-03-01.") from None


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise CommandError(f"{text[:60]} is no filter; write it as queue=Parcels.")
    return name, value
