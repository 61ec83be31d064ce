"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices_list, name="list"),
]
