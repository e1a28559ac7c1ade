from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationConfig(AppConfig):
    name = "caicach.kernel.operation"
    label = "operation"

    def ready(self) -> None:
        from caicach.kernel.audit import vocabulary
        from caicach.kernel.calendar import clock
        from caicach.kernel.identity.predicates import signed_in
        from caicach.kernel.tables import declaring
        from caicach.kernel.ui.chrome import ask_for_demonstration_with
        from caicach.kernel.ui.navigation import NavItem, Section, register

        from . import history_words, lists, my_work, my_work_list, places, reference_lists
        from .queries import accounts

        vocabulary.declare_use_cases(history_words.USE_CASES)
        for subject_type, labels in history_words.LABELS.items():
            vocabulary.declare_labels(subject_type, labels)
        vocabulary.declare_record_names("identity.account", history_words.names_of_accounts)
        vocabulary.declare_record_names("identity.unit", history_words.names_of_units)
        vocabulary.declare_record_names("identity.roleassignment", history_words.names_of_assignments)

        register(
            NavItem(
                key="my_work",
                label=_("My work"),
                icon="inbox",
                url_name="operation:my_work",
                visible=signed_in,
                count=lambda actor: my_work.waiting(actor=actor, today=clock.today()),
                order=0,
            )
        )
        register(
            NavItem(
                key="my_work_read",
                label=_("My work"),
                icon="inbox",
                url_name="operation:my_work",
                visible=signed_in,
                section=Section.DASHBOARD,
                order=30,
            )
        )
        declaring.register(lists.ACCOUNTS, my_work_list.MY_WORK)
        places.register_places()
        reference_lists.register(reference_lists.PARAMETERS)
        ask_for_demonstration_with(accounts.sample_people_are_here)
