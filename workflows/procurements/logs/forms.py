"""What people type into the logs. `given` is what the service takes: every field of the entry."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms

from toolkit.core import clock
from toolkit.core.text import DISCLOSURE
from toolkit.govuk.fields import DateField
from workflows.procurements.logs import rules
from workflows.procurements.logs.kinds import Log
from workflows.procurements.logs.models import (
    Declared,
    Effect,
    Entry,
    How,
    Impact,
    Likelihood,
    Nature,
    Opening,
    Part,
    Told,
)

LONGEST = 8000


def _long(label: str, hint: str = "", *, ask: str = "", rows: int = 3) -> forms.CharField:
    """A box for free text, which says that it may be disclosed. `ask`: the error when it is left empty; none: it may be."""
    return forms.CharField(
        label=label,
        help_text=f"{hint}. {DISCLOSURE}" if hint else DISCLOSURE,
        max_length=LONGEST,
        required=bool(ask),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": ask},
    )


def _line(label: str, hint: str = "", *, ask: str = "", longest: int = 160) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=longest, required=bool(ask), error_messages={"required": ask}
    )


def _day(label: str, hint: str = "", *, ask: str = "") -> DateField:
    return DateField(label=label, help_text=hint, required=bool(ask), error_messages={"required": ask})


def _one(label: str, choices: Any, hint: str = "", *, ask: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": ask},
    )


def reason_field(label: str, ask: str) -> forms.CharField:
    """Why an entry changes or is closed."""
    return forms.CharField(
        label=label,
        help_text=DISCLOSURE,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": ask},
    )


class EntryForm(forms.Form):
    """One entry of a log."""

    log: Log

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, sentence in rules.faults(self.log, self.given(), now=clock.now()):
            if name not in self.fields:
                self.add_error(None, sentence)
            elif name not in self.errors:
                self.add_error(name, sentence)
        return data

    def given(self) -> dict[str, Any]:
        """Field of the entry → what was said."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}

    @classmethod
    def initial_from(cls, entry: Entry) -> dict[str, Any]:
        return {name: getattr(entry, name) for name in entry.FILLED}


class ConflictForm(EntryForm):
    log = Log.CONFLICTS

    name = _line("Who is it?", "Their name and whom they work for or sit for", ask="Enter who it is")
    part = _one("What do they have to do with it?", Part, ask="Select what they have to do with it")
    declared = _one("What have they declared?", Declared, ask="Select what they have declared")
    declared_on = _day("Declared on")
    interest = _long("What is the interest?", "A financial or other personal interest, direct or indirect")
    nature = forms.ChoiceField(
        label="What does it amount to?",
        required=False,
        choices=[("", "Not assessed yet"), *Nature.choices],
    )
    assessment = _long("What does that rest on?")
    mitigation = _long(
        "What is done about it?", "Such as taking no part in the evaluation, or telling every supplier"
    )
    review_on = _day("Look at it again on")


class OwnConflictForm(ConflictForm):
    """Of somebody with an account: who they are is known."""

    name = None  # type: ignore[assignment]  # how Django leaves a field of the class above out


class EngagementForm(EntryForm):
    log = Log.ENGAGEMENT

    held_on = _day("On which day?", ask="Enter the day")
    how = _one("How?", How, ask="Select how you spoke to them")
    suppliers = _long("Which suppliers?", "One on each line", ask="Enter which suppliers")
    ours = _line("Who from your organisation?", "Posts rather than names", longest=300)
    about = _long("What was it about?", ask="Enter what it was about")
    told = _one(
        "Were they told or given anything that was not public?",
        Told,
        ask="Select whether they were told anything",
    )
    what_told = _long("What were they told or given?")
    shared_on = _day("Day on which every supplier had it", "If it was shared")
    shared_where = _line("Where was it shared?", "Such as the notice or the address of the page", longest=300)


class ClarificationForm(EntryForm):
    log = Log.CLARIFICATION

    asker = _line(
        "Who asked?", "For the team alone, always. Leave empty if the question is your own", longest=200
    )
    question = _long("The question as it was asked", "For the team alone", ask="Enter the question")
    asked_on = _day("Asked on", ask="Enter the day it was asked")
    published_question = _long("The question as published", "Without anything that tells who asked")
    published_answer = _long("The answer as published")
    answered_on = _day("Answered on")
    published_on = _day("Published to every supplier on")
    effect = _one("What does it do to the deadline?", Effect, ask="Select what it does to the deadline")
    new_deadline_on = _day(
        "New deadline", "If it was moved. Change it on the step that records the deadline too"
    )


class RiskForm(EntryForm):
    log = Log.RISKS

    event = _long("What may happen?", ask="Enter what may happen", rows=2)
    cause = _long("Why might it happen?", ask="Enter why it might happen", rows=2)
    consequence = _long("What would it do?", ask="Enter what it would do", rows=2)
    likelihood = _one("How likely is it?", Likelihood, ask="Select how likely it is")
    impact = _one("How bad would it be?", Impact, ask="Select how bad it would be")
    owner = _line("Who looks after it?", "A post or a name", ask="Enter who looks after it")
    action = _long("What is done about it?", ask="Enter what is done about it", rows=2)
    review_on = _day("Look at it again on")


class LoggedDecisionForm(EntryForm):
    log = Log.DECISIONS

    decided_on = _day("Decided on", ask="Enter the day it was decided")
    what = _long("What was decided?", ask="Enter what was decided")
    reasons = _long("Why?", ask="Enter the reasons")
    rejected = _long("What was considered and not chosen?")
    decided_by = _line("Who decided?", "A post or a meeting", ask="Enter who decided")
    in_confidence = forms.BooleanField(
        label="It is about bidders or their tenders",
        help_text="For the team alone as long as this record is in confidence, then for auditors too",
        required=False,
    )


_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class OpeningForm(EntryForm):
    log = Log.OPENING

    released_on = _day("On which day were they released?", ask="Enter the day they were released")
    released_time = forms.RegexField(
        label="At what time?",
        help_text="Such as 14:05",
        regex=rf"^{_TIME.pattern}$",
        error_messages={"required": "Enter the time", "invalid": "Enter a time, like 14:05"},
    )
    released_by = _line("Who released them?", "A post or a name", ask="Enter who released them")
    witnessed_by = _line("Who was there?")
    system_reference = _line("Reference in the e-tendering system", longest=120)
    received = forms.IntegerField(
        label="How many came in time?",
        min_value=0,
        max_value=10_000,
        error_messages={
            "required": "Enter how many came in time",
            "invalid": "How many came in time must be a whole number",
            "min_value": "How many came in time must be 0 or more",
            "max_value": "How many came in time must be 10,000 or less",
        },
    )
    late = forms.IntegerField(
        label="How many came late?",
        min_value=0,
        max_value=10_000,
        error_messages={
            "required": "Enter how many came late, 0 if none did",
            "invalid": "How many came late must be a whole number",
            "min_value": "How many came late must be 0 or more",
            "max_value": "How many came late must be 10,000 or less",
        },
    )
    late_why = _long("Why were they late, and what was decided?")
    lots = _long("For which lots?", "How many for each, one on each line")
    bidders = _long(
        "Which bidders?",
        "One on each line. For the team alone as long as this record is in confidence, then for auditors too",
        rows=5,
    )

    def given(self) -> dict[str, Any]:
        given = super().given()
        day, time = given.pop("released_on", None), _TIME.fullmatch(given.pop("released_time", "") or "")
        given["released_at"] = (
            dt.datetime.combine(day, dt.time(int(time[1]), int(time[2])), tzinfo=clock.LONDON)
            if day is not None and time is not None
            else None
        )
        return given

    @classmethod
    def initial_from(cls, entry: Entry) -> dict[str, Any]:
        assert isinstance(entry, Opening)
        at = entry.released_at.astimezone(clock.LONDON)
        return {**super().initial_from(entry), "released_on": at.date(), "released_time": f"{at:%H:%M}"}


FORMS: Mapping[Log, type[EntryForm]] = {
    form.log: form
    for form in (ConflictForm, EngagementForm, ClarificationForm, RiskForm, LoggedDecisionForm, OpeningForm)
}


class DeclareForm(forms.Form):
    """One’s own declaration."""

    declared = forms.ChoiceField(
        label="Do you have an interest?",
        help_text="In a supplier or in who wins: money, work, family, friends, gifts, anything others could think of",
        choices=[
            (Declared.NOTHING, "No, I have nothing to declare"),
            (Declared.INTEREST, "Yes, or somebody could think so"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you have an interest"},
    )
    interest = _long("What is it?")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("declared") == Declared.INTEREST and not data.get("interest"):
            self.add_error("interest", "Enter what the interest is")
        return data


class ConfirmForm(forms.Form):
    """The log before a notice."""

    is_nothing = forms.ChoiceField(
        label="What do you confirm?",
        choices=[
            ("no", "The log is complete, and every interest in it is assessed and dealt with"),
            ("yes", "There is nothing to declare"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you confirm"},
    )
    words = _long("In your own words", "Needed if there is nothing to declare: whom you asked, and when")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("is_nothing") == "yes" and not data.get("words"):
            self.add_error("words", "Enter in words why there is nothing to declare")
        return data


class CloseForm(forms.Form):
    reason = reason_field("Why is it closed?", "Enter why it is closed")
