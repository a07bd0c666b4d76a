"""Worked examples of description, samples and charts, each with its source beside its numbers."""

import json
from pathlib import Path

GOLDEN = json.loads(Path(__file__).with_name("golden_charts.json").read_text(encoding="utf-8"))

# Mohammed, M. A. et al. (2013). Statistical process control charts for attribute data involving very large sample
# sizes. BMJ Quality & Safety 22, 362-368: attendances of accident and emergency departments in England in 20 weeks,
# and those seen within four hours.
SEEN_IN_FOUR_HOURS = [
    266501, 264225, 276532, 281461, 269071, 261215, 270409, 279778, 270483, 270320,
    267923, 271478, 255353, 256820, 261835, 259144, 255910, 260863, 264465, 260989,
]  # fmt: skip
ATTENDANCES = [
    280443, 276823, 291681, 296155, 282343, 275888, 283867, 295251, 284468, 282529,
    279618, 283932, 266629, 268091, 276803, 271578, 266005, 273520, 278574, 273772,
]  # fmt: skip
