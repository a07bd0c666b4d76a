"""What the statistics refuse."""


class StatisticsError(ValueError):
    """A figure cannot be computed from what was given; the sentence says what would work."""
