"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.flows import giving, views

app_name = "flows"
urlpatterns = [
    path("", views.files_list, name="list"),
    path("take-in/", views.take_in, name="take_in"),
    path("promises/", giving.promises_page, name="promises"),
    path("promises/<str:form>/", giving.promises_file, name="promises_file"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/flows/", views.behind, name="behind"),
    path("<int:pk>/as/<str:form>/", giving.export, name="export"),
    path("<int:pk>/take-out/", views.take_out, name="take_out"),
]
