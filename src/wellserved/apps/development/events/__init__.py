"""News of this app; one module for each family of records."""
