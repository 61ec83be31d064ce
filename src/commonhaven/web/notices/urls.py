"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices_list, name="list"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/read/", views.read, name="read"),
    path("calendar/", views.calendar_page, name="calendar"),
    path("calendar/make/", views.make_calendar, name="make_calendar"),
    path("calendar/withdraw/", views.withdraw_calendar, name="withdraw_calendar"),
    path("calendar/public/<slug:slug>.ics", views.public_calendar, name="public_calendar"),
    path("calendar/<str:token>.ics", views.own_calendar, name="own_calendar"),
]
