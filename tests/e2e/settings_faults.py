"""The settings of an installation, with addresses beside its own at which each kind of error is met."""

from wellserved.config.settings import *

ROOT_URLCONF = "tests.e2e.faults"
