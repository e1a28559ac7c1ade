from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "caicach.kernel.papers"
    label = "papers"

    def ready(self) -> None:
        from . import list_exports

        list_exports.register()
