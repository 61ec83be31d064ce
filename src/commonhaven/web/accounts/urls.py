"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.own, name="own"),
]
