"""Addresses of the slice."""

from django.urls import path, re_path

from commonhaven.web.indicators import files, framework, views

app_name = "indicators"
urlpatterns = [
    path("", framework.index, name="index"),
    re_path(r"^(?P<objective>\d)/$", framework.objective, name="objective"),
    re_path(r"^(?P<outcome>\d\.\d)/$", framework.outcome, name="outcome"),
    re_path(r"^(?P<indicator>\d\.\d\.\d)/$", framework.indicator, name="indicator"),
    path("measures/<slug:name>/", views.measure, name="measure"),
    path("measures/<slug:name>.csv", files.measure, name="measure_csv"),
    path("card/", views.card, name="card"),
    path("card.csv", files.card, name="card_csv"),
    path("fair-shares/", views.fair_shares, name="fair_shares"),
    path("fair-shares.csv", files.fair_shares, name="fair_shares_csv"),
    path("inequality/", views.inequality, name="inequality"),
    path("inequality.csv", files.inequality, name="inequality_csv"),
]
