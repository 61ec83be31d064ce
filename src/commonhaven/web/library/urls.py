"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.library import views

app_name = "library"
urlpatterns = [
    path("", views.index, name="index"),
]
