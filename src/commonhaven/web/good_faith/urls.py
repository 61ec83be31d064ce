"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.good_faith import acting, views

app_name = "good_faith"
urlpatterns = [
    path("", views.assessments_list, name="list"),
    path("open/", acting.open_page, name="open"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/find/", acting.find, name="find"),
    path("<int:pk>/publish/", acting.publish, name="publish"),
    path("<int:pk>/withdraw/", acting.withdraw, name="withdraw"),
    path("<int:pk>/close/", acting.close, name="close"),
    path("<int:pk>/people/", acting.people, name="people"),
    path("<int:pk>/pay/", acting.pay, name="pay"),
    path("<int:pk>/state/<str:code>/", views.state_page, name="state"),
    path("<int:pk>/state/<str:code>/evidence/", acting.evidence, name="evidence"),
    path("<int:pk>/state/<str:code>/reply/", acting.reply, name="reply"),
    path("<int:pk>/state/<str:code>/forgo/", acting.forgo, name="forgo"),
]
