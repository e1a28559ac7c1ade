from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("", views.upload, name="upload"),
    path("<uuid:attachment_id>/", views.download, name="download"),
    path("<uuid:attachment_id>/xem/", views.preview, name="preview"),
    path("<uuid:attachment_id>/trang/<int:number>/", views.preview_page, name="preview_page"),
]
