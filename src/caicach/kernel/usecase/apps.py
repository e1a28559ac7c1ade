from django.apps import AppConfig
from django.core.checks import Tags, register


class UsecaseConfig(AppConfig):
    name = "caicach.kernel.usecase"
    label = "usecase"

    def ready(self) -> None:
        from .checks import every_field_has_a_class

        register(every_field_has_a_class, Tags.models)
