from django.urls import path

from . import views

app_name = "identity"
urlpatterns = [
    path("giao-dien/", views.set_theme, name="set_theme"),
    path("ngon-ngu/", views.set_language, name="set_language"),
    path("phim-tat/", views.set_single_keys, name="set_single_keys"),
    path("vang-mat/", views.absence, name="absence"),
    path("vang-mat/<int:pk>/ket-thuc/", views.end_absence, name="end_absence"),
]
