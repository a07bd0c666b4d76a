"""The customers' voice."""
