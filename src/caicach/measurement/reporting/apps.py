from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportingConfig(AppConfig):
    name = "caicach.measurement.reporting"
    label = "reporting"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from caicach.kernel.audit import vocabulary
        from caicach.kernel.operation import my_work
        from caicach.kernel.operation import reference_lists as reference
        from caicach.kernel.search import records, sources
        from caicach.kernel.tables import declaring
        from caicach.kernel.ui.navigation import NavItem, Section, register

        from . import access, history_words, lists, record_sources, reference_lists, search_sources, work

        register(
            NavItem(
                key="reports",
                label=_("Reports"),
                icon="report",
                url_name="reporting:reports",
                visible=access.can_open_reports,
                order=80,
            )
        )
        register(
            NavItem(
                key="reports_read",
                label=pgettext_lazy("dashboard", "Reports"),
                icon="report",
                url_name="reporting:reports",
                visible=access.can_open_reports,
                section=Section.DASHBOARD,
                order=20,
            )
        )
        declaring.register(lists.REPORTS)
        my_work.register(work.SOURCE)
        reference.register(reference_lists.PERIODS)
        reference.register(reference_lists.RECIPIENTS)
        sources.register(search_sources.REPORTS)
        records.register(record_sources.REPORTS)
        vocabulary.declare_use_cases(history_words.USE_CASES)
        vocabulary.declare_record_names("reporting.report", history_words.names_of_reports)
