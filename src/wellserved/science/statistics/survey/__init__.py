"""What a survey may be said to show: who answered, whom the answers stand for, and how sure that is."""

from wellserved.science.statistics.survey.raking import Weights, kish, rake
from wellserved.science.statistics.survey.response import (
    Difference,
    Representativeness,
    Response,
    aapor_rate,
    cronbach_alpha,
    representativeness,
    response,
)
from wellserved.science.statistics.survey.weighted import Estimate, weighted_mean, weighted_share

__all__ = [
    "Difference",
    "Estimate",
    "Representativeness",
    "Response",
    "Weights",
    "aapor_rate",
    "cronbach_alpha",
    "kish",
    "rake",
    "representativeness",
    "response",
    "weighted_mean",
    "weighted_share",
]
