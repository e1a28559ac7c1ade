from django.urls import path

from . import bulk_views, views

app_name = "tables"
urlpatterns = [
    path("hang-loat/<int:pk>/", bulk_views.bulk, name="bulk"),
    path("xem/luu/", views.save_view, name="save_view"),
    path("xem/<int:pk>/doi-ten/", views.rename_view, name="rename_view"),
    path("xem/<int:pk>/bo/", views.remove_view, name="remove_view"),
]
