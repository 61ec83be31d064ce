"""The slice as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The slice `api`."""

    name = "commonhaven.web.api"
    label = "api"
