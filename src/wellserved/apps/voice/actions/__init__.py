"""Shape surveys, ask, take answers, follow them up, take feedback down."""
