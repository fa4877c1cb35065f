"""One Django app for all tables of the house."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The tables."""

    name = "grandunion.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
