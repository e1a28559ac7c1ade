from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TablesConfig(AppConfig):
    name = "caicach.kernel.tables"
    label = "tables"

    def ready(self) -> None:
        from caicach.kernel.audit import vocabulary

        from . import declaring
        from .bulk_views import NOT_DONE

        declaring.register(NOT_DONE)
        vocabulary.declare_use_cases(
            {
                "tables.take_out": _("List taken out as a file"),
                "tables.start_bulk": _("Act on many rows started"),
                "tables.step_of_bulk": _("Part of an act on many rows done"),
                "tables.go_on_with_bulk": _("Act on many rows continued"),
            }
        )
