"""The slice as a Django application."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """The slice `decisions`."""

    name = "commonhaven.web.decisions"
    label = "decisions"

    def ready(self) -> None:
        from commonhaven.web.decisions.course import guard  # noqa: PLC0415 - models load first
        from commonhaven.web.record.signals import written  # noqa: PLC0415

        written.connect(guard, dispatch_uid="decisions.course")
