"""The desk's screens, one module each."""
