"""A form as it stands on a page: filled in and sent as a browser would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from tests.words import words_in


class Form:
    """One <form>: its fields with what they hold, its buttons, where it leads."""

    def __init__(self, element: Any, url: str) -> None:
        self.element = element
        self.method: str = (element.get("method") or "get").lower()
        self.action: str = urljoin(url, element.get("action") or "")

    @property
    def fields(self) -> dict[str, list[str]]:
        """Name → what it would send as it stands. Every field is here, unticked ones with nothing."""
        found: dict[str, list[str]] = {}
        for field in self._fields():
            name, kind = field.get("name"), (field.get("type") or "").lower()
            held = found.setdefault(name, [])
            if field.tag == "select":
                options = field.cssselect("option")
                chosen = [option for option in options if option.get("selected") is not None]
                if not chosen and field.get("multiple") is None:
                    chosen = options[:1]
                held += [_value(option) for option in chosen]
            elif field.tag == "textarea":
                held.append((field.text or "").removeprefix("\n"))
            elif kind in ("radio", "checkbox"):
                if field.get("checked") is not None:
                    held.append(field.get("value", "on"))
            elif kind != "file":
                held.append(field.get("value") or "")
        return found

    @property
    def buttons(self) -> dict[tuple[str, str], str]:
        """(name, value) → words, of the buttons that send the form."""
        return {
            (button.get("name") or "", button.get("value") or ""): words_in(button)
            or button.get("value")
            or ""
            for button in self.element.cssselect("button, input[type=submit]")
            if (button.get("type") or "submit") == "submit"
        }

    def choices(self, name: str) -> list[str]:
        """The values that a select, radios or checkboxes offer; empty for fields of any other kind."""
        offered = []
        for field in self._fields():
            if field.get("name") == name:
                if field.tag == "select":
                    offered += [_value(option) for option in field.cssselect("option")]
                elif field.get("type") in ("radio", "checkbox"):
                    offered.append(field.get("value", "on"))
        return offered

    def filled(self, data: Mapping[str, Any], *, button: str | None = None) -> dict[str, Any]:
        """What is sent when `data` is typed in and `button` (the first one) pressed.

        `True` ticks a lone checkbox, `False` and `[]` untick; a list ticks several; an open file is uploaded.
        """
        sent: dict[str, Any] = dict(self.fields)
        for name, value in data.items():
            assert name in sent, f"The form has no field “{name}”; it has {sorted(sent)}"
            if hasattr(value, "read"):
                sent[name] = value
                continue
            offered = self.choices(name)
            values = (
                offered[:1]
                if value is True
                else []
                if value is False
                else value
                if isinstance(value, list | tuple)
                else [value]
            )
            sent[name] = [str(each) for each in values]
            wrong = [each for each in sent[name] if offered and each not in offered]
            assert not wrong, f"“{name}” does not offer {wrong}; it offers {offered}"
        pressed = [key for key, words in self.buttons.items() if button is None or button in words]
        assert pressed or button is None, (
            f"The form has no button “{button}”; it has {list(self.buttons.values())}"
        )
        if pressed and pressed[0][0]:
            sent[pressed[0][0]] = pressed[0][1]
        return {name: value for name, value in sent.items() if value != []}

    def _fields(self) -> list[Any]:
        inside = self.element.cssselect("input, select, textarea")
        skipped = ("submit", "button", "image", "reset")
        return [
            field for field in inside
            if field.get("name") and field.get("disabled") is None and (field.get("type") or "").lower() not in skipped
        ]  # fmt: skip


def _value(option: Any) -> str:
    value = option.get("value")
    return value if value is not None else words_in(option)
