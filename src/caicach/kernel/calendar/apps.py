from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "caicach.kernel.calendar"
    label = "calendar"
