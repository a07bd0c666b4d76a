"""The two ways in which reading someone else's file can fail, each with a sentence that helps."""

__all__ = ["FormatError", "MappingError"]


class FormatError(ValueError):
    """The bytes are not a table that can be read."""


class MappingError(ValueError):
    """The mapping does not fit the table, or is not a mapping at all."""
