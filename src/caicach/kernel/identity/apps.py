from typing import Any

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "caicach.kernel.identity"
    label = "identity"

    def ready(self) -> None:
        from allauth.mfa.signals import authentication_failed

        from caicach.kernel.audit import vocabulary
        from caicach.kernel.calendar import units
        from caicach.kernel.usecase.actor import declare_accounts

        from . import acting, history_words, queries
        from .roles import Role

        vocabulary.declare_use_cases(history_words.USE_CASES)
        vocabulary.declare_roles({role.value: role.label for role in Role})
        vocabulary.declare_unit_names(queries.names_of_units)
        units.declare_unit_names(queries.names_of_units)
        declare_accounts(acting.actor_with_id)
        # The library tells of a wrong code or key in no other way.
        authentication_failed.connect(_note_wrong_factor, dispatch_uid="identity.wrong_factor")


def _note_wrong_factor(**_keywords: Any) -> None:
    from caicach.kernel.usecase.actor import ANONYMOUS

    from . import services

    services.note_refused_sign_in(actor=ANONYMOUS)
