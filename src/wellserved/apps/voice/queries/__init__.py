"""What can be asked of the customers' voice."""
