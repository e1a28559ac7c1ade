from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TablesConfig(AppConfig):
    name = "caicach.kernel.tables"
    label = "tables"

    def ready(self) -> None:
        from caicach.kernel.audit import vocabulary

        vocabulary.declare_use_cases({"tables.take_out": _("List taken out as a file")})
