from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("", views.list_notices, name="list"),
    path("chuong/", views.bell, name="bell"),
    path("da-doc/", views.read_all, name="read_all"),
    path("cach-nhan/", views.choices, name="choices"),
    path("<uuid:notice_id>/da-doc/", views.read, name="read"),
]
