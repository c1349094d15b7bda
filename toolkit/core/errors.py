"""Errors whose sentence may be shown to the person who caused them."""

from __future__ import annotations


class Refused(Exception):
    """The service will not do this, and the message is the sentence that says why, for the person who asked.

    Views turn it into the page's error summary. Anything that is nobody's mistake (a bug, a lost connection) is
    another kind of exception and ends on the 500 page.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
