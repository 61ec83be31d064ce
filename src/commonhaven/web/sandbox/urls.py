"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.sandbox import views

app_name = "sandbox"
urlpatterns = [
    path("", views.start, name="start"),
]
