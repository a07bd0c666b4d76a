"""Where the ledger touches databases and disks directly."""
