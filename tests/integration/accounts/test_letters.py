"""Every letter that allauth sends is in our words: what happened, what to do, what it is for."""

from __future__ import annotations

import re
from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template, render_to_string
from django.utils import timezone

OURS = Path(__file__).parents[3] / "templates" / "django"
ALLAUTH = Path(allauth.__file__).parent
INSTALLED = ("account", "mfa", "socialaccount")
LETTERS = sorted(
    f"{app}/email/{path.name}"
    for app in INSTALLED
    for path in (ALLAUTH / "templates" / app / "email").glob("*.txt")
)
CONTEXT = {
    "service": "London procurement toolkit",
    "base": "https://toolkit.example",
    "code": "ABCD-EFGH",
    "email": "amy@fleet.example",
    "from_email": "amy@fleet.example",
    "to_email": "amy@tyburn.example",
    "deleted_email": "amy@old.example",
    "provider": "Microsoft",
    "password_reset_url": "https://toolkit.example/reset/",
    "ip": "192.0.2.7",
    "user_agent": "A browser",
    "timestamp": timezone.now(),
}
STOCK = ("Hello from", "Thank you for using", "receiving", "to signup", "mail can be safely", "Please")


@pytest.mark.parametrize("name", LETTERS)
def test_every_part_of_every_letter_is_ours(name: str) -> None:
    origin = Path(get_template(name).origin.name)  # type: ignore[attr-defined]  # Django's own engine has origins
    assert origin == OURS / name


@pytest.mark.parametrize(
    "name", [name for name in LETTERS if name.endswith("_message.txt") and "base_" not in name]
)
def test_a_letter_says_who_writes_and_what_to_do(name: str) -> None:
    words = render_to_string(name, CONTEXT)
    assert words.rstrip().endswith("London procurement toolkit\nhttps://toolkit.example")
    assert "there is nothing to do" in words
    assert not [stock for stock in STOCK if stock in words]
    assert not re.search(r"\n{3,}|testserver|&#|None", words)
    if "code" in name and name.startswith("account"):
        assert re.search(r"^ABCD-EFGH$", words, re.MULTILINE)


@pytest.mark.parametrize("name", [name for name in LETTERS if name.endswith("_subject.txt")])
def test_a_subject_is_a_sentence_of_ours_and_holds_no_secret(name: str) -> None:
    subject = render_to_string(name, CONTEXT).strip()
    assert "\n" not in subject
    assert "ABCD" not in subject
    words = subject.split()
    assert not all(word[0].isupper() for word in words), f"{subject}: a sentence, not A Heading"
