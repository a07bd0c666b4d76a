"""What is done for and with colleagues; one module for each family of records."""
