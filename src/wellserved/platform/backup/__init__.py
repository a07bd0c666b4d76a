"""Copy a running installation into one file, and put such a copy back."""

from wellserved.platform.backup.reading import restore, verify
from wellserved.platform.backup.writing import back_up

__all__ = ["back_up", "restore", "verify"]
