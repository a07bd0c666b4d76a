"""`python -m wellserved`."""

from wellserved.config.cli import main

main()
