from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "caicach.kernel.search"
    label = "search"
