"""The form bridge: every widget becomes its component, and every error a sentence that lands somewhere."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import html5lib
import pytest
from django import forms
from django.contrib.auth.models import Group
from django.forms.renderers import TemplatesSetting
from lxml.cssselect import CSSSelector

from tests.unit.govuk.forms import EveryWidgetForm
from toolkit.core import money
from toolkit.govuk.fields import DateField, PoundsField
from toolkit.govuk.forms import GovukBoundField
from toolkit.govuk.summary import error_summary
from toolkit.govuk.widgets import DateWidget

GOOD = {
    "title": "School meals",
    "email": "ada@fleet.example",
    "secret": "three random words",
    "months": "6",
    "reason": "The contract ends",
    "kind": "goods",
    "employer": "here",
    "roles": ["viewer"],
    "agreed": "on",
    "starts_on-day": "27",
    "starts_on-month": "3",
    "starts_on-year": "2028",
    "value": "1.2 million",
    "token": "t",
}


def parsed(html: str) -> Any:
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False, strict=True
    )
    return parser.parse(f"<!DOCTYPE html><html><head><title>t</title></head><body>{html}</body></html>")


def css(html: str, selector: str) -> list[Any]:
    return list(CSSSelector(selector)(parsed(html)))


@pytest.mark.parametrize(
    ("name", "selector"),
    [
        ("title", "input.govuk-input.govuk-input--width-20[type=text]"),
        ("email", "input.govuk-input[type=email]"),
        ("secret", ".govuk-password-input input[type=password]"),
        ("months", "input.govuk-input[inputmode=numeric]"),
        ("reason", ".govuk-character-count textarea.govuk-textarea"),
        ("notes", "textarea.govuk-textarea"),
        ("kind", "select.govuk-select option[value=works]"),
        ("employer", ".govuk-radios input[type=radio][value=other]"),
        ("roles", ".govuk-checkboxes input[type=checkbox][value=officer]"),
        ("areas", ".govuk-checkboxes input[type=checkbox][value=barnet]"),
        ("agreed", ".govuk-checkboxes input[type=checkbox]#id_agreed"),
        ("starts_on", ".govuk-date-input input#id_starts_on-month"),
        ("value", ".govuk-input__prefix"),
        ("plan", "input.govuk-file-upload[type=file]"),
    ],
)
def test_each_widget_becomes_its_component(name: str, selector: str) -> None:
    field = EveryWidgetForm()[name]
    assert isinstance(field, GovukBoundField)
    assert css(field.component(), selector)


def test_the_whole_form_is_valid_html_with_unique_ids_and_no_style() -> None:
    html = str(EveryWidgetForm({}))
    ids = [element.get("id") for element in css(html, "[id]")]
    assert len(ids) == len(set(ids))
    assert "style=" not in html
    assert "maxlength=" not in html.replace("data-maxlength=", "")


def test_a_choice_reveals_its_field_and_the_field_stands_nowhere_else() -> None:
    html = str(EveryWidgetForm())
    assert len(css(html, "input[name=agency]")) == 1
    assert css(html, ".govuk-radios__conditional input[name=agency]")
    assert css(html, ".govuk-radios__hint")[0].text.strip() == "An agency, for example"


def test_what_the_template_says_wins_over_the_field_and_the_field_over_the_widget() -> None:
    title = EveryWidgetForm()["title"]
    assert isinstance(title, GovukBoundField)
    assert css(title.component(), "input.govuk-input--width-20")
    assert css(title.component(classes="govuk-input--width-5"), "input.govuk-input--width-5")
    label = css(title.component(label={"classes": "govuk-label--l"}), "label.govuk-label--l")[0]
    assert label.text.strip() == "Title"
    assert css(title.component(), "input.govuk-input--width-20"), (
        "the call before must not have changed the field"
    )


def test_an_empty_form_asks_for_each_thing_by_name() -> None:
    assert [row["text"] for row in error_summary(EveryWidgetForm({}))] == [
        "Enter title",
        "Enter e-mail address",
        "Enter password",
        "Enter months of notice",
        "Enter reason",
        "Select kind",
        "Select an option",
        "Select roles",
        "Select that you have read it",
        "Enter the start date",
        "Enter estimated value",
        "Select a file",
        "Enter token",
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"title": "x" * 21}, "Title must be 20 characters or fewer"),
        ({"email": "ada"}, "Enter an e-mail address in the correct format, like name@example.gov.uk"),
        ({"months": "six"}, "Months of notice must be a whole number, like 12"),
        ({"months": "40"}, "Months of notice must be 36 or less"),
        ({"months": "0"}, "Months of notice must be 1 or more"),
        ({"rate": "much"}, "Rate must be a number, like 12"),
        ({"kind": "gold"}, "Select kind from the list"),
        ({"roles": ["king"]}, "Select roles from the list"),
        ({"value": "lots"}, "Enter an amount in pounds, like 250,000 or 1.2 million"),
        ({"starts_on-month": ""}, "The start date must include a month"),
        ({"starts_on-day": "", "starts_on-year": ""}, "The start date must include a day and year"),
        ({"starts_on-day": "31", "starts_on-month": "2"}, "Enter a real date, like 27 3 2028"),
    ],
)
def test_a_wrong_answer_is_told_what_would_be_right(given: dict[str, object], sentence: str) -> None:
    form = EveryWidgetForm({**GOOD, **given})
    assert [row["text"] for row in error_summary(form) if row["text"] != "Select a file"] == [sentence]


def test_every_error_link_lands_on_something_that_can_be_filled_in() -> None:
    form = EveryWidgetForm({})
    html = str(form)
    for row in error_summary(form):
        if "href" in row:
            (target,) = css(html, row["href"].replace("#", "[id='") + "']")
            assert target.tag in {"input", "select", "textarea"}, row


def test_a_date_link_lands_on_its_first_wrong_part_and_marks_the_wrong_ones_only() -> None:
    form = EveryWidgetForm({**GOOD, "starts_on-month": "13", "starts_on-year": ""})
    hrefs = [row["href"] for row in error_summary(form) if "start date" in row["text"].lower()]
    assert hrefs == ["#id_starts_on-month"]
    field = form["starts_on"]
    assert isinstance(field, GovukBoundField)
    assert [element.get("id") for element in css(field.component(), ".govuk-input--error")] == [
        "id_starts_on-month",
        "id_starts_on-year",
    ]


def test_errors_of_a_hidden_field_and_of_the_form_have_no_link() -> None:
    form = EveryWidgetForm({**GOOD, "token": ""})
    form.add_error(None, "These two do not fit together.")
    rows = error_summary(form)
    assert rows[0] == {"text": "These two do not fit together"}
    assert all("href" not in row for row in rows if row["text"] == "Enter token")


def test_a_message_the_form_wrote_itself_is_left_alone() -> None:
    class Own(forms.Form):
        name = forms.CharField(error_messages={"required": "Enter your name, as your colleagues know it"})

    assert error_summary(Own({})) == [
        {"text": "Enter your name, as your colleagues know it", "href": "#id_name"}
    ]


def test_a_question_as_label_is_not_quoted_back() -> None:
    class Asks(forms.Form):
        why = forms.CharField(label="Why now?")
        cpv = forms.CharField(label="CPV code")

    assert [row["text"] for row in error_summary(Asks({}))] == ["Enter an answer", "Enter CPV code"]


def test_a_form_given_twice_is_summed_up_once() -> None:
    form = EveryWidgetForm({})
    assert error_summary(form, form) == error_summary(form)
    assert error_summary(EveryWidgetForm(), None) == []


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (("27", "3", "2028"), dt.date(2028, 3, 27)),
        (("1", "March", "2028"), dt.date(2028, 3, 1)),
        (("29", "feb", "2028"), dt.date(2028, 2, 29)),
        ("2028-03-27", dt.date(2028, 3, 27)),
    ],
)
def test_a_date_is_read_as_people_type_it(typed: object, day: dt.date) -> None:
    assert DateField().clean(typed) == day


def test_an_optional_date_may_be_empty_and_shows_what_it_had() -> None:
    field = DateField(required=False)
    assert field.clean(("", "", "")) is None
    widget = DateWidget()
    assert (
        widget.parts("2028-03-27")
        == widget.parts(dt.date(2028, 3, 27))
        == {"day": "27", "month": "3", "year": "2028"}
    )


def test_pounds_are_read_and_shown_as_people_write_them() -> None:
    field = PoundsField()
    assert field.clean("£1,250,000") == Decimal("1250000.00")
    assert field.prepare_value(Decimal(1_250_000)) == "1,250,000" == money.pounds(1_250_000).removeprefix("£")


def test_the_string_of_a_field_stays_djangos_so_that_the_admin_keeps_its_look() -> None:
    class GroupForm(forms.ModelForm):
        default_renderer = TemplatesSetting()

        class Meta:
            model = Group
            fields = ["name"]

    assert str(EveryWidgetForm()["title"]).startswith("<input")
    assert "govuk" not in str(GroupForm()["name"])
