from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "caicach.kernel.numbering"
    label = "numbering"
