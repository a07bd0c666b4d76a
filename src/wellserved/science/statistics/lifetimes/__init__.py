"""How long cases take and customers stay: survival, hazards, repurchase."""

from wellserved.science.statistics.lifetimes.hazards import Cox, cox
from wellserved.science.statistics.lifetimes.repurchase import Repurchase, RepurchaseFit, fit_repurchase
from wellserved.science.statistics.lifetimes.survival import (
    CumulativeHazard,
    LogRank,
    Survival,
    kaplan_meier,
    log_rank,
    nelson_aalen,
)

__all__ = [
    "Cox",
    "CumulativeHazard",
    "LogRank",
    "Repurchase",
    "RepurchaseFit",
    "Survival",
    "cox",
    "fit_repurchase",
    "kaplan_meier",
    "log_rank",
    "nelson_aalen",
]
