"""The days of the hub as moments: where one begins, and where it is over."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

DAY = timedelta(days=1)


def end_of(day: date) -> datetime:
    """The moment at which the day is over in the hub."""
    return timezone.make_aware(datetime.combine(day + DAY, time()))


def start_of(day: date) -> datetime:
    """The moment at which the day begins in the hub."""
    return end_of(day - DAY)
