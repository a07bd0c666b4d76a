"""What a person types, read; one module for each family of records."""
