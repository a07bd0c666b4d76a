"""Removal of the sample service's promises."""

from wellserved.apps.standards import models
from wellserved.platform.origin import Origin

# In the order in which nothing left refers to what goes.
_TABLES = (
    models.Bid,
    models.Resource,
    models.Plan,
    models.Crisis,
    models.Risk,
    models.Contingency,
    models.Standard,
    models.Partner,
    models.Policy,
    models.Obligation,
    models.RulePack,
    models.Calendar,
    models.Service,
    models.Expectation,
    models.Segment,
    models.PromisePage,
    models.Vision,
    models.Objective,
)


def remove() -> int:
    """Delete the sample's standards and all that stands beside them, with every version; return the rows gone."""
    return sum(table._default_manager.filter(origin=Origin.SAMPLE).delete()[0] for table in _TABLES)
