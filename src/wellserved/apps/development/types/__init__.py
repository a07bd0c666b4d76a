"""Facts that cross borders; one module for each family of records."""
