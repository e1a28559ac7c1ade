from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "caicach.kernel.ui"
    label = "ui"
