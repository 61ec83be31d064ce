"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("noted/<slug:slug>/", views.take_note, name="take_note"),
    path("about/", views.about, name="about"),
    path("clock/", views.move_clock, name="move_clock"),
    path("healthz", views.health, name="health"),
]
