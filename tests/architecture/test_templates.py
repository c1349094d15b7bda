"""Every template compiles and names only what is there."""

from __future__ import annotations

from toolkit.desk.management.commands.check_templates import all_faults


def test_every_template_is_sound() -> None:
    assert all_faults() == []
