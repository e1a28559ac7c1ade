from django.apps import AppConfig


class LegislationConfig(AppConfig):
    name = "caicach.registry.legislation"
    label = "legislation"
