from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationConfig(AppConfig):
    name = "caicach.registry.organisation"
    label = "organisation"
    verbose_name = pgettext_lazy("room", "Organisation")

    def ready(self) -> None:
        from caicach.kernel.audit.vocabulary import declare_use_cases

        declare_use_cases({"organisation.load_units": _("Official list of units loaded")})
