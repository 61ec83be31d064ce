"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.library import views

app_name = "library"
urlpatterns = [
    path("", views.index, name="index"),
    path("rules/<slug:name>/", views.rule, name="rule"),
    path("procedures/<slug:name>/", views.procedure, name="procedure"),
    path("charters/<slug:name>/", views.charter, name="charter"),
    path("charters/<slug:name>.toml", views.charter_text, name="charter_text"),
    path("situations/<slug:name>/", views.situation, name="situation"),
    path("situations/<slug:name>.toml", views.situation_text, name="situation_text"),
    path("instruments/<slug:name>/", views.instrument, name="instrument"),
    path("figures/", views.figures, name="figures"),
    path("figures/<str:code>/", views.state, name="state"),
    path("names/", views.names, name="names"),
]
