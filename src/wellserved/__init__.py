"""Wellserved: the open-source control room for customer service."""

__version__ = "0.1.0"
