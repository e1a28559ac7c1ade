from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "caicach.kernel.tables"
    label = "tables"
