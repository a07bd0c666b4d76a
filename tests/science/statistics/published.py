"""Worked examples of description, samples and charts, each with its source beside its numbers."""

import json
from pathlib import Path

GOLDEN = json.loads(Path(__file__).with_name("golden_charts.json").read_text(encoding="utf-8"))
