"""Django's entry for closed days by address."""

from django.apps import AppConfig


class IcalConfig(AppConfig):
    """Register the feeds under the label `ical`."""

    name = "wellserved.integrations.ical"
    label = "ical"

    def ready(self) -> None:
        """Word the acts, and put the panel on the page of a calendar."""
        from wellserved.apps.ledger import wording  # noqa: PLC0415 (models exist only once Django is ready)
        from wellserved.apps.thread import panels  # noqa: PLC0415
        from wellserved.integrations.ical.panels import draw  # noqa: PLC0415

        wording.register("ical.keep", "let closed days be read from an address")
        wording.register("ical.stop", "stopped reading closed days from an address")
        wording.label("ical.url", "Address")
        panels.register("standards.calendar", "ical", draw)
