"""Complaints on screen; one module for each page."""
