"""The slice as a Django application."""

from django.apps import AppConfig


class SandboxConfig(AppConfig):
    """The slice `sandbox`."""

    name = "commonhaven.web.sandbox"
    label = "sandbox"
