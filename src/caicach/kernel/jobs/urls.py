from django.urls import path

from . import views

app_name = "jobs"
urlpatterns = [
    path("", views.own, name="own"),
    path("<uuid:job_id>/", views.progress, name="progress"),
    path("<uuid:job_id>/dung/", views.cancel, name="cancel"),
]
