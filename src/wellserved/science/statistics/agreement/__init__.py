"""How far those who judge agree: on categories, on ranks and on scores."""

from wellserved.science.statistics.agreement.icc import Icc, IntraclassCorrelations, icc
from wellserved.science.statistics.agreement.kappa import cohen_kappa, fleiss_kappa, gwet_ac1, kappa_of_table
from wellserved.science.statistics.agreement.krippendorff import krippendorff_alpha
from wellserved.science.statistics.agreement.ratings import Agreement, count_ratings

__all__ = [
    "Agreement",
    "Icc",
    "IntraclassCorrelations",
    "cohen_kappa",
    "count_ratings",
    "fleiss_kappa",
    "gwet_ac1",
    "icc",
    "kappa_of_table",
    "krippendorff_alpha",
]
