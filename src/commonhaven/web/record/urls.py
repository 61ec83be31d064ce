"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.record import views

app_name = "record"
urlpatterns = [
    path("", views.show, name="show"),
    path("export.jsonl", views.export_file, name="export"),
]
