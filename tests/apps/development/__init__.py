"""Tests of the development app."""
