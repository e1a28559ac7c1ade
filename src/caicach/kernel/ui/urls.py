from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("thiet-ke/", views.design_system, name="design_system"),
    path("thiet-ke/nguon-so-lieu/", views.design_system_drawer, name="design_system_drawer"),
    path("menu/", views.menu, name="menu"),
    path("o-lai/", views.stay, name="stay"),
]
