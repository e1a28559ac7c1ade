"""Every address, by room."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView

from caicach.kernel.identity.views import email_address

from .api import api

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="operation:my_work"), name="home"),
    path("api/", api.urls),  # before the rooms at the root, which would all be asked first
    path("ke-hoach/", include("caicach.measurement.programme.urls")),
    path("bao-cao/", include("caicach.measurement.reporting.urls")),
    path("tep/", include("caicach.kernel.files.urls")),
    path("tien-do/", include("caicach.kernel.jobs.urls")),
    path("thong-bao/", include("caicach.kernel.notifications.urls")),
    path("tim/", include("caicach.kernel.search.urls")),
    path("danh-sach/", include("caicach.kernel.tables.urls")),
    path("tai-khoan/", include("caicach.kernel.identity.urls")),
    # Before the sign-in library's page of this name, on which people would change the address past the journal.
    path("tai-khoan/email/", email_address, name="account_email"),
    path("tai-khoan/", include("allauth.urls")),
    path("", include("caicach.kernel.operation.urls")),
    path("", include("caicach.kernel.ui.urls")),
]

handler400 = "caicach.kernel.ui.views.bad_request"
handler403 = "caicach.kernel.ui.views.forbidden"
handler404 = "caicach.kernel.ui.views.not_found"
handler429 = "caicach.kernel.ui.views.too_many_requests"
handler500 = "caicach.kernel.ui.views.server_error"
