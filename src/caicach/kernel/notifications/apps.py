from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "caicach.kernel.notifications"
    label = "notifications"
