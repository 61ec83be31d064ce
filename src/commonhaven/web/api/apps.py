"""The slice as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The slice `api`."""

    name = "commonhaven.web.api"
    label = "api"

    def ready(self) -> None:
        from commonhaven.web.api import passwords  # noqa: F401, PLC0415 - models load first
