"""Bank holidays that staff add: days proclaimed since the list in the package was made."""

from __future__ import annotations

import pghistory
from django.db import models

from toolkit.core import clock
from toolkit.law.calendars import ENGLAND_AND_WALES, NATIONS, NORTHERN_IRELAND, SCOTLAND


class Nation(models.TextChoices):
    ENGLAND_AND_WALES = ENGLAND_AND_WALES, NATIONS[ENGLAND_AND_WALES]
    SCOTLAND = SCOTLAND, NATIONS[SCOTLAND]
    NORTHERN_IRELAND = NORTHERN_IRELAND, NATIONS[NORTHERN_IRELAND]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AddedBankHoliday(models.Model):
    """A bank holiday of one nation that the package's list lacks. It moves every count of working days at once.

    An organisation's own closed days never belong here: they move no statutory date.
    """

    day = models.DateField(help_text="For a holiday of several nations, add it once for each.")
    nation = models.CharField(max_length=20, choices=Nation)
    name = models.CharField(max_length=120, help_text="Such as “Bank holiday for the coronation”.")
    why = models.CharField(
        "why it is one", max_length=300, help_text="The proclamation or order, and where you read it."
    )
    added_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-day", "nation"]
        constraints = [
            models.UniqueConstraint(fields=["day", "nation"], name="bank_holiday_once_in_a_nation"),
            models.CheckConstraint(condition=models.Q(nation__in=Nation), name="bank_holiday_nation_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d %B %Y}, {self.get_nation_display()}: {self.name}"
