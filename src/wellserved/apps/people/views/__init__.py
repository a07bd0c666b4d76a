"""Pages about colleagues; one module for each family of records."""
