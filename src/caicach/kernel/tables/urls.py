from django.urls import path

from . import views

app_name = "tables"
urlpatterns = [
    path("xem/luu/", views.save_view, name="save_view"),
    path("xem/<int:pk>/doi-ten/", views.rename_view, name="rename_view"),
    path("xem/<int:pk>/bo/", views.remove_view, name="remove_view"),
]
