"""Words for the fields of forms we did not write: allauth's, whose labels and errors are not of our style."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms.boundfield import BoundField


@dataclass(frozen=True, slots=True)
class Words:
    """`label` stands over the field; `thing` stands in “Enter …” and “… must be”; `hint`, if not None, replaces the form's."""

    label: str
    thing: str
    hint: str | None = None


_EMAIL = Words("E-mail address", "your e-mail address")
_CODE = Words("Code", "the code")
_PASSKEY_NAME = Words("Name", "a name", "Tells your passkeys apart, for example “work laptop”")
_RULES = "At least 12 characters. Three random words are easy to remember and hard to guess"

_ALLAUTH: dict[str, Words] = {
    "login": _EMAIL,
    "email": _EMAIL,
    "code": _CODE,
    "password": Words("Password", "your password", ""),
    "oldpassword": Words("Present password", "your present password", ""),
    "password1": Words("New password", "a new password", _RULES),
    "password2": Words("New password again", "the new password again"),
    "credential": Words("Passkey", "a passkey"),
    "SignupForm.email": Words("Work e-mail address", "your work e-mail address"),
    "SignupForm.password1": Words("Password", "a password", _RULES),
    "AddEmailForm.email": Words("New e-mail address", "the new e-mail address"),
    "ActivateTOTPForm.code": Words("Code from the app", "the code from the app"),
    "AddWebAuthnForm.name": _PASSKEY_NAME,
    "AddWebAuthnForm.passwordless": Words(
        "Use it instead of my password too", "whether to use it instead of your password", ""
    ),
    "EditWebAuthnForm.name": _PASSKEY_NAME,
    "DisconnectForm.account": Words("Account", "an account"),
}


def words_for(bound: BoundField) -> Words | None:
    """Our words for this field, when its form is allauth's; None when the form speaks for itself."""
    form = type(bound.form)
    if not form.__module__.startswith("allauth."):
        return None
    return _ALLAUTH.get(f"{form.__name__}.{bound.name}") or _ALLAUTH.get(bound.name)
