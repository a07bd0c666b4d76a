"""Measures: facts, metrics and their answers."""
