"""The form bridge: stock Django forms, and third parties' forms, become GOV.UK components.

Named by settings.FORM_RENDERER. The widget chooses the component; what it is told is merged in this order, later wins:
widget attributes < field declaration (`field.govuk`, a dict of macro parameters) < the template's call
(`form.name.component(label={...})`). `BoundField.__str__` stays Django's, because the admin uses it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from markupsafe import Markup

from toolkit.govuk.components import govuk
from toolkit.govuk.widgets import DateWidget, PoundsWidget

PASSED_THROUGH = ("autocomplete", "inputmode", "spellcheck", "maxlength", "pattern", "autocapitalize")


class GovukBoundField(BoundField):
    """A bound field that knows its GOV.UK component."""

    @property
    def identifier(self) -> str:
        return str(self.auto_id or self.html_name)

    def component(self, **overrides: Any) -> Markup:
        """Render the component, with macro parameters that win over everything else."""
        name, params = self._component()
        params = _merged(params, getattr(self.field, "govuk", {}), overrides)
        return getattr(govuk, name)(params)  # type: ignore[no-any-return]

    def _component(self) -> tuple[str, dict[str, Any]]:
        widget = self.field.widget
        params = self._shared()
        if isinstance(widget, DateWidget):
            return "date_input", {**params, **self._date(widget)}
        if isinstance(widget, forms.RadioSelect):
            return "radios", {**params, **self._group()}
        if isinstance(widget, forms.CheckboxSelectMultiple):
            return "checkboxes", {**params, **self._group()}
        if isinstance(widget, forms.CheckboxInput):
            return "checkboxes", self._single_checkbox(params)
        if isinstance(widget, forms.Select):
            return "select", {**self._labelled(params), "items": self._options()}
        if isinstance(widget, forms.Textarea):
            params = self._labelled(params)
            return "textarea", {**params, "value": self._shown(), "rows": widget.attrs.get("rows", 5)}
        if isinstance(widget, forms.FileInput):
            return "file_upload", self._labelled(params)
        if isinstance(widget, forms.PasswordInput):
            return "password_input", {**self._labelled(params), "autocomplete": widget.attrs.get("autocomplete", "current-password")}
        return "input", {**self._labelled(params), **self._input(widget)}

    def _shared(self) -> dict[str, Any]:
        params: dict[str, Any] = {"id": self.identifier, "name": self.html_name}
        attributes = {key: value for key, value in self.field.widget.attrs.items() if key in PASSED_THROUGH and key != "autocomplete"}
        if attributes:
            params["attributes"] = attributes
        if self.help_text:
            params["hint"] = {"html": Markup(self.help_text)} if hasattr(self.help_text, "__html__") else {"text": str(self.help_text)}
        if self.errors:
            params["errorMessage"] = {"text": str(self.errors[0])}
        return params

    def _labelled(self, params: dict[str, Any]) -> dict[str, Any]:
        size = "govuk-label--m" if len(self.form.visible_fields()) == 1 else "govuk-label--s"
        return {**params, "label": {"text": self._label(), "classes": size}}

    def _label(self) -> str:
        label = str(self.label).removesuffix(":")
        return label if self.field.required or not _says_optional(self) else f"{label} (optional)"

    def _legend(self) -> dict[str, Any]:
        size = "govuk-fieldset__legend--m" if len(self.form.visible_fields()) == 1 else "govuk-fieldset__legend--s"
        return {"legend": {"text": self._label(), "classes": size}}

    def _group(self) -> dict[str, Any]:
        hints = getattr(self.field.widget, "hints", {})
        chosen = self.value()
        values = {str(value) for value in chosen} if isinstance(chosen, list | tuple | set) else {str(chosen)}
        items = []
        for value, label in self.field.widget.choices:  # type: ignore[attr-defined]  # radios and checkboxes have them
            if str(value) == "":
                continue
            item: dict[str, Any] = {"value": str(value), "text": str(label), "checked": str(value) in values}
            if hints.get(str(value)):
                item["hint"] = {"text": str(hints[str(value)])}
            items.append(item)
        return {"idPrefix": self.identifier, "fieldset": self._legend(), "items": items}

    def _single_checkbox(self, params: dict[str, Any]) -> dict[str, Any]:
        item: dict[str, Any] = {"value": "on", "text": self._label(), "checked": bool(self.value()), "id": self.identifier}
        if "hint" in params:
            item["hint"] = params.pop("hint")
        return {**params, "idPrefix": self.identifier, "items": [item]}

    def _options(self) -> list[dict[str, Any]]:
        chosen = str(self.value() if self.value() is not None else "")
        return [
            {"value": str(value), "text": str(label), "selected": str(value) == chosen}
            for value, label in self.field.widget.choices  # type: ignore[attr-defined]  # a select has them
        ]

    def _date(self, widget: DateWidget) -> dict[str, Any]:
        parts = widget.parts(self.value())
        wrong = widget.first_wrong_part(self.value()) if self.errors else ""
        items = [
            {
                "name": part,
                "value": value,
                "classes": f"govuk-input--width-{4 if part == 'year' else 2}{' govuk-input--error' if part == wrong else ''}",
            }
            for part, value in parts.items()
        ]
        return {"namePrefix": self.html_name, "items": items, "fieldset": {**self._legend(), "role": "group"}}

    def _input(self, widget: forms.Widget) -> dict[str, Any]:
        given: dict[str, Any] = {"value": self._shown(), "type": getattr(widget, "input_type", "text") or "text"}
        if "autocomplete" in widget.attrs:
            given["autocomplete"] = widget.attrs["autocomplete"]
        if isinstance(widget, PoundsWidget):
            given |= {"prefix": {"text": "£"}, "classes": "govuk-input--width-10", "inputmode": "decimal", "spellcheck": False}
        if isinstance(widget, forms.NumberInput):
            given |= {"type": "text", "inputmode": "numeric", "classes": "govuk-input--width-5", "spellcheck": False}
        return given

    def _shown(self) -> str:
        value = self.value()
        return "" if value is None else str(value)


def _says_optional(field: GovukBoundField) -> bool:
    return not isinstance(field.field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.RadioSelect)


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
