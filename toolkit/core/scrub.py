"""Contact details are never kept: columns that hold them are left unread, and free text is gone over here.

Covers e-mail addresses, British telephone numbers, any number that a word such as “Tel” announces, and names that a
label such as “Contact:” announces. It can't find a name in the middle of a sentence.
"""

from __future__ import annotations

import re

REMOVED = "[contact details removed]"

_EMAIL = re.compile(r"(?:mailto:)?[\w.+'%-]{1,64}\s?@\s?[\w-]+(?:\.[\w-]+)+", re.I)
_PHONE = re.compile(
    r"(?<![\w/.:-])(?:\+44\s?(?:\(0\)\s?)?|\(?0)(?:\(?\d\)?[\s.-]?){8,9}\d(?:\s?(?:ext?|x)\.?\s?\d{1,5})?(?![\w/-])",
    re.I,
)
_ANNOUNCED = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mob|fax|call|ring)(?:\s?(?:no|number))?\s?[.:]*\s*(?:on\s+)?\+?\(?\d[\d\s().-]{5,}\d",
    re.I,
)
_PERSON = re.compile(
    r"(?P<label>\b(?i:contact|contact name|contact person|contact officer|point of contact|contract manager|lead officer|officer|buyer)"
    r"\s*[:=]\s*)(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+)?[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){1,2}"
)
_REPEATED = re.compile(rf"{re.escape(REMOVED)}(?:[\s,;/|()-]*{re.escape(REMOVED)})+")


def without_contact_details(text: str) -> str:
    """The text with contact details replaced by `REMOVED`."""
    text = _PERSON.sub(lambda found: found["label"] + REMOVED, text)
    for pattern in (_EMAIL, _ANNOUNCED, _PHONE):
        text = pattern.sub(REMOVED, text)
    return _REPEATED.sub(REMOVED, text)


def without_emails(text: str) -> str:
    """For references and addresses, where a row of digits is no telephone number."""
    return _EMAIL.sub(REMOVED, text)
