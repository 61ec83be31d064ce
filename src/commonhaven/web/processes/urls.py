"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.processes import views

app_name = "processes"
urlpatterns = [
    path("", views.index, name="index"),
    path("compare/", views.compare, name="compare"),
    path("compare.csv", views.compare_csv, name="compare_csv"),
    path("compare.xlsx", views.compare_xlsx, name="compare_xlsx"),
    path("overlap/", views.overlap, name="overlap"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("states/", views.seats, name="seats"),
    path("states/<str:code>/", views.state, name="state"),
    path("bridges/", views.bridges, name="bridges"),
    path("gaps/", views.gaps, name="gaps"),
    path("<slug:name>/", views.show, name="show"),
]
