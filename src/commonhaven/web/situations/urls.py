"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.situations import views

app_name = "situations"
urlpatterns = [
    path("", views.situations_list, name="list"),
    path("open/", views.open_page, name="open"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/versions/", views.versions, name="versions"),
    path("<int:pk>/versions/<int:number>.toml", views.text, name="text"),
    path("<int:pk>/revise/", views.revise, name="revise"),
    path("<int:pk>/close/", views.close, name="close"),
]
