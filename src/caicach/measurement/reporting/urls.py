from django.urls import path, re_path

from . import views

app_name = "reporting"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("lap/", views.draft, name="draft"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/so-lieu/", views.figure, name="figure"),
    path("<int:pk>/lich-su/", views.history, name="history"),
    path("<int:pk>/luu/", views.edit, name="edit"),
    path("<int:pk>/lay-lai-so-lieu/", views.refresh, name="refresh"),
    path("<int:pk>/trinh/", views.submit, name="submit"),
    path("<int:pk>/duyet/", views.approve, name="approve"),
    path("<int:pk>/rut/", views.withdraw, name="withdraw"),
    path("<int:pk>/tra-lai/", views.send_back, name="return"),
    path("<int:pk>/ban-moi/", views.revise, name="revise"),
    re_path(r"^(?P<pk>\d+)/tai\.(?P<ending>pdf|docx|xlsx)$", views.download, name="download"),
]
