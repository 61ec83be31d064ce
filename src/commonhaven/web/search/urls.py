"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.search import views

app_name = "search"
urlpatterns = [
    path("", views.find, name="search"),
]
