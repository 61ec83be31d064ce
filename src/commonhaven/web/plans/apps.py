"""The slice as a Django application."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """The slice `plans`."""

    name = "commonhaven.web.plans"
    label = "plans"
