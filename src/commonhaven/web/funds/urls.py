"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.funds import views

app_name = "funds"
urlpatterns = [
    path("", views.funds_list, name="list"),
    path("open/", views.open_page, name="open"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/basis/", views.basis, name="basis"),
    path("<int:pk>/ledger/", views.ledger, name="ledger"),
    path("<int:pk>/act/<str:kind>/", views.act, name="act"),
    path("<int:pk>/statement/<int:year>/<path:party>/", views.statement_page, name="statement"),
]
