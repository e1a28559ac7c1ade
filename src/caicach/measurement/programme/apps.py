from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProgrammeConfig(AppConfig):
    name = "caicach.measurement.programme"
    label = "programme"
    verbose_name = _("Reform plans")

    def ready(self) -> None:
        from caicach.kernel.audit import vocabulary
        from caicach.kernel.notifications.deadlines import register_deadlines
        from caicach.kernel.operation import my_work
        from caicach.kernel.operation import reference_lists as reference
        from caicach.kernel.search import records, sources
        from caicach.kernel.tables import bulk, declaring
        from caicach.kernel.ui.navigation import NavItem, Section, register

        from . import (
            access,
            history_words,
            holding,
            lists,
            queries,
            record_sources,
            reference_lists,
            search_sources,
            work,
        )
        from .services import many
        from .views.bulk import BAR

        register(
            NavItem(
                key="plans",
                label=pgettext_lazy("navigation", "Reform plans"),
                icon="target-arrow",
                url_name="programme:plans",
                visible=access.can_open_plans,
                order=10,
            )
        )
        for key, label, icon, url_name, order in (
            ("overview", _("Overview"), "chart-bar", "programme:dashboard", 0),
            ("tasks", _("Tasks"), "checklist", "programme:tasks", 10),
        ):
            register(
                NavItem(
                    key=key,
                    label=label,
                    icon=icon,
                    url_name=url_name,
                    visible=access.can_open_plans,
                    section=Section.DASHBOARD,
                    order=order,
                )
            )
        declaring.register(lists.TASKS, lists.PLANS)
        holding.register()
        for kind in (many.ACCEPTING, many.URGING):
            bulk.register(kind)
        register_deadlines("programme:task", queries.deadlines_today)
        my_work.register(work.SOURCE)
        reference.register(reference_lists.TARGETS)
        reference.name_parameters(reference_lists.PARAMETERS, units=reference_lists.UNITS)
        my_work.register_bar(BAR)
        my_work.register_card(work.CARD)
        my_work.register_card(work.ANSWERS_CARD)
        my_work.register_card(work.URGING_CARD)
        my_work.register_card(work.FIRST_STEPS_CARD)
        sources.register(search_sources.TASKS)
        sources.register(search_sources.DRAFT_TASKS)
        sources.register(search_sources.TARGETS)
        sources.register(search_sources.PAPERS)
        sources.register(search_sources.PLANS)
        sources.register(search_sources.UNITS)
        records.register(record_sources.PLANS)
        vocabulary.declare_use_cases(history_words.USE_CASES)
        vocabulary.declare_labels("programme.plantask", history_words.TASK_LABELS)
        vocabulary.declare_labels("programme.evidence", history_words.EVIDENCE_LABELS)
        vocabulary.declare_labels("programme.plan", history_words.PLAN_LABELS)
        vocabulary.declare_labels("programme.draftstep", history_words.PLAN_LABELS)
        vocabulary.declare_record_names("programme.plan", history_words.names_of_plans)
        vocabulary.declare_record_names("programme.plantask", history_words.names_of_tasks)
        vocabulary.declare_record_names("programme.taskproduct", history_words.names_of_products)
