from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "caicach.kernel.audit"
    label = "audit"

    def ready(self) -> None:
        from . import erasure, vocabulary

        vocabulary.declare_use_cases({erasure.USE_CASE: _("A person taken out of the journal")})
        vocabulary.declare_labels(
            erasure.SUBJECT,
            {"authors": _("Authors taken out (digests)"), "values": _("Values taken out (entry, change, field)")},
        )
