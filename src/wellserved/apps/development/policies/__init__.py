"""Who may do what, and what is refused; one module for each family of records."""
