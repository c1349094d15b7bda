"""What comes from Debian, and who is told what to type."""

from __future__ import annotations

import pytest

from toolkit.local import packages
from toolkit.local.packages import Need
from toolkit.local.say import CannotGoOn


def need(*answers: bool) -> Need:
    left = list(answers)
    return Need("things", "The tests need things", ("a-thing", "another"), lambda: left.pop(0))


def test_what_is_there_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "install", lambda *names: pytest.fail("installed"))
    packages.require(need(True, True))


def test_root_gets_it_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(packages, "may_install", lambda: True)
    monkeypatch.setattr(packages, "install", lambda *names: asked.append(names))
    packages.require(need(False, True))
    assert asked == [("things", "a-thing", "another")]


def test_anybody_else_is_told_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "may_install", lambda: False)
    with pytest.raises(CannotGoOn) as told:
        packages.require(need(False, False))
    assert told.value.line == "sudo apt install a-thing another && ./run test"
