"""The slice as a Django application."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class SearchConfig(AppConfig):
    """The slice `search`: listens to every save of what it indexes."""

    name = "commonhaven.web.search"
    label = "search"

    def ready(self) -> None:
        from commonhaven.web.search import actions, catalogue  # noqa: PLC0415 - apps load first

        for table in (*catalogue.by_table(), *catalogue.by_child()):
            post_save.connect(actions.saved, sender=table, dispatch_uid=f"search {table}")
        for table in catalogue.by_table():
            post_delete.connect(actions.removed, sender=table, dispatch_uid=f"search {table}")
