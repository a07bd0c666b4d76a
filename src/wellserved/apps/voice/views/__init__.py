"""Pages of the customers' voice."""
