"""The form bridge: stock Django forms, and third parties' forms, become GOV.UK components.

Named by settings.FORM_RENDERER. The widget chooses the component; what it is told is merged in this order, later wins:
widget attributes < field declaration (`field.govuk`, a dict of macro parameters) < the template's call
(`form.name.component(label={...})`). `BoundField.__str__` stays Django's, because the admin uses it.

Three attributes on a widget with choices: `hints`, value → hint; `headings`, value → words that stand above that choice
and head those from it on; `reveals`, value → the name or names of the fields that choosing it opens (without JavaScript
they simply stand there).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from markupsafe import Markup

from toolkit.govuk.components import govuk
from toolkit.govuk.foreign import words_for
from toolkit.govuk.sentences import error_sentences, label_of
from toolkit.govuk.widgets import DateWidget, PoundsWidget

# Not `maxlength`: a browser cuts what is pasted without a word; we keep it and say what is wrong.
PASSED_THROUGH = ("spellcheck", "pattern", "autocapitalize", "accept")


class GovukBoundField(BoundField):
    """A bound field that knows its GOV.UK component."""

    @property
    def sentences(self) -> list[str]:
        """The errors of this field as they are shown."""
        return error_sentences(self)

    @property
    def identifier(self) -> str:
        return str(self.auto_id or self.html_name)

    def component(self, **overrides: Any) -> Markup:
        """Render the component, with macro parameters that win over everything else."""
        name, params = self._component()
        params = _merged(params, getattr(self.field, "govuk", {}), overrides)
        return getattr(govuk, name)(params)

    def _component(self) -> tuple[str, dict[str, Any]]:
        widget = self.field.widget
        params = self._shared()
        if isinstance(widget, DateWidget):
            return "date_input", {**params, **self._date(widget)}
        # Checkboxes first: to Django they are a kind of radios.
        if isinstance(widget, forms.CheckboxSelectMultiple | forms.SelectMultiple):
            return "checkboxes", {**params, **self._group()}
        if isinstance(widget, forms.RadioSelect):
            return "radios", {**params, **self._group()}
        if isinstance(widget, forms.CheckboxInput):
            return "checkboxes", self._single_checkbox(params)
        if isinstance(widget, forms.Select):
            return "select", {**self._labelled(params), "items": self._options()}
        if isinstance(widget, forms.Textarea):
            params = {**self._labelled(params), "value": self._shown(), "rows": widget.attrs.get("rows", 5)}
            if "maxlength" in widget.attrs:
                return "character_count", {**params, "maxlength": widget.attrs["maxlength"], "threshold": 75}
            return "textarea", params
        if isinstance(widget, forms.FileInput):
            return "file_upload", self._labelled(params)
        if isinstance(widget, forms.PasswordInput):
            return "password_input", {
                **self._labelled(params),
                "autocomplete": widget.attrs.get("autocomplete", "current-password"),
            }
        return "input", {**self._labelled(params), **self._input(widget)}

    def _shared(self) -> dict[str, Any]:
        params: dict[str, Any] = {"id": self.identifier, "name": self.html_name}
        attributes = {key: value for key, value in self.field.widget.attrs.items() if key in PASSED_THROUGH}
        if attributes:
            params["attributes"] = attributes
        words = words_for(self)
        hint = words.hint if words and words.hint is not None else self.help_text
        if hint:
            params["hint"] = {"html": Markup(hint)} if hasattr(hint, "__html__") else {"text": str(hint)}
        if self.errors:
            params["errorMessage"] = {"text": self.sentences[0]}
        if self.field.disabled:
            params["disabled"] = True
        return params

    def _labelled(self, params: dict[str, Any]) -> dict[str, Any]:
        size = "govuk-label--m" if len(standing_fields(self.form)) == 1 else "govuk-label--s"
        return {**params, "label": {"text": self._label(), "classes": size}}

    def _label(self) -> str:
        label = label_of(self)
        return label if self.field.required or not _says_optional(self) else f"{label} (optional)"

    def _legend(self) -> dict[str, Any]:
        size = (
            "govuk-fieldset__legend--m"
            if len(standing_fields(self.form)) == 1
            else "govuk-fieldset__legend--s"
        )
        return {"legend": {"text": self._label(), "classes": size}}

    def _group(self) -> dict[str, Any]:
        hints = getattr(self.field.widget, "hints", {})
        reveals = getattr(self.field.widget, "reveals", {})
        headings = getattr(self.field.widget, "headings", {})
        chosen = self.value()
        values = {str(value) for value in chosen} if isinstance(chosen, list | tuple | set) else {str(chosen)}
        items: list[dict[str, Any]] = []
        for value, label in _flat(self.field.widget.choices):
            if str(value) == "":
                continue
            if headings.get(str(value)):
                items.append({"divider": str(headings[str(value)])})
            item: dict[str, Any] = {"value": str(value), "text": str(label), "checked": str(value) in values}
            if headings and not any("value" in each for each in items):
                # The first answer has the id that an error links to, though a heading stands before it.
                item["id"] = self.identifier
            if hints.get(str(value)):
                item["hint"] = {"text": str(hints[str(value)])}
            if reveals.get(str(value)):
                item["conditional"] = {"html": self._revealed(reveals[str(value)])}
            items.append(item)
        group = {"idPrefix": self.identifier, "fieldset": self._legend(), "items": items}
        return {**group, "classes": "app-headed-choices"} if headings else group

    def _revealed(self, names: str | tuple[str, ...] | list[str]) -> Markup:
        fields = [self.form[name] for name in ([names] if isinstance(names, str) else names)]
        return Markup("").join(field.component() for field in fields if isinstance(field, GovukBoundField))

    def _single_checkbox(self, params: dict[str, Any]) -> dict[str, Any]:
        item: dict[str, Any] = {
            "value": "on",
            "text": self._label(),
            "checked": bool(self.value()),
            "id": self.identifier,
        }
        if "hint" in params:
            item["hint"] = params.pop("hint")
        return {**params, "idPrefix": self.identifier, "items": [item]}

    def _options(self) -> list[dict[str, Any]]:
        chosen = str(self.value() if self.value() is not None else "")
        return [
            {"value": str(value), "text": str(label), "selected": str(value) == chosen}
            for value, label in _flat(self.field.widget.choices)
        ]

    def _date(self, widget: DateWidget) -> dict[str, Any]:
        parts = widget.parts(self.value())
        wrong = widget.wrong_parts(self.value()) if self.errors else ()
        items = [
            {
                "name": part,
                "value": value,
                "classes": f"govuk-input--width-{4 if part == 'year' else 2}{' govuk-input--error' if part in wrong else ''}",
            }
            for part, value in parts.items()
        ]
        return {"namePrefix": self.html_name, "items": items, "fieldset": {**self._legend(), "role": "group"}}

    def _input(self, widget: forms.Widget) -> dict[str, Any]:
        given: dict[str, Any] = {
            "value": self._shown(),
            "type": getattr(widget, "input_type", "text") or "text",
        }
        if "autocomplete" in widget.attrs:
            given["autocomplete"] = widget.attrs["autocomplete"]
        if isinstance(widget, PoundsWidget):
            given |= {
                "prefix": {"text": "£"},
                "classes": "govuk-input--width-10",
                "inputmode": "decimal",
                "spellcheck": False,
            }
        if isinstance(widget, forms.NumberInput):
            given |= {
                "type": "text",
                "inputmode": "numeric",
                "classes": "govuk-input--width-5",
                "spellcheck": False,
            }
        return given

    def _shown(self) -> str:
        value = self.value()
        return "" if value is None else str(value)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    """Choices without their groups: GOV.UK components have none."""
    flat: list[tuple[Any, Any]] = []
    for value, label in choices:
        flat += label if isinstance(label, list | tuple) else [(value, label)]
    return flat


def standing_fields(form: forms.BaseForm) -> list[BoundField]:
    """The visible fields that stand by themselves: those that a choice reveals come with that choice."""
    revealed: set[str] = set()
    for bound in form:
        for names in getattr(bound.field.widget, "reveals", {}).values():
            revealed |= {names} if isinstance(names, str) else set(names)
    return [bound for bound in form.visible_fields() if bound.name not in revealed]


def _says_optional(field: GovukBoundField) -> bool:
    return not isinstance(
        field.field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.RadioSelect
    )


def _merged(*layers: dict[str, Any]) -> dict[str, Any]:
    """Later layers win; dicts inside are merged, everything else is replaced. None of the layers is changed."""
    result: dict[str, Any] = {}
    for layer in layers:
        for key, value in layer.items():
            if isinstance(value, dict) and isinstance(result.get(key), dict):
                result[key] = _merged(result[key], value)
            else:
                result[key] = value
    return result


class Renderer(TemplatesSetting):
    """Django's project templates, with our form and field templates and our bound field."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = GovukBoundField
