"""One test for each criterion of the five standards that is alive."""
