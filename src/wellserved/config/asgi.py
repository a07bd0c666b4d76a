"""The ASGI entry point."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellserved.config.settings")
django.setup(set_prefix=False)

from wellserved.platform.http.streaming import StreamingHandler  # noqa: E402 (Django must be set up first)

application = StreamingHandler()
