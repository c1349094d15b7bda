"""The embedded server, where no server is needed to see that it is right; and one that is really started."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import MagicMock

import dj_database_url
import psycopg
import pytest

from toolkit.local import environment, postgres
from toolkit.local.say import CannotGoOn


def test_the_address_leads_django_to_the_socket() -> None:
    parsed = dj_database_url.parse(postgres.database_url(Path("/tmp/pg-0123456789")))
    assert (parsed["HOST"], parsed["NAME"], parsed["USER"]) == ("/tmp/pg-0123456789", "toolkit", "toolkit")


def test_a_pid_file_that_names_another_process_is_removed(tmp_path: Path) -> None:
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{tmp_path}\n")
    postgres.forget_stale_pid(tmp_path)
    assert not pid_file.exists()


def test_a_pid_file_whose_process_is_gone_is_removed(tmp_path: Path) -> None:
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    (tmp_path / "postmaster.pid").write_text(f"{gone.pid}\n")
    postgres.forget_stale_pid(tmp_path)
    assert not (tmp_path / "postmaster.pid").exists()


@pytest.mark.parametrize(("folder", "stays"), [("data", True), ("another", False)])
def test_the_pid_file_of_a_running_server_stays_and_that_of_another_cluster_does_not(
    tmp_path: Path, folder: str, stays: bool
) -> None:
    data, server = tmp_path / "data", tmp_path / "postgres"
    data.mkdir()
    server.write_text("#!/bin/sh\necho ready; read line\n")
    server.chmod(0o755)
    with subprocess.Popen(
        [server, "-D", tmp_path / folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        (data / "postmaster.pid").write_text(f"{running.pid}\n")
        postgres.forget_stale_pid(data)
        assert (data / "postmaster.pid").exists() == stays


@pytest.mark.parametrize(
    ("said", "major"),
    [
        ("postgres (PostgreSQL) 17.10", 17),
        ("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)", 15),
        ("postgres (PostgreSQL) 19beta1", 0),
        ("", 0),
    ],
)
def test_the_version_of_an_installed_server_is_read(tmp_path: Path, said: str, major: int) -> None:
    (tmp_path / "postgres").write_text(f"#!/bin/sh\necho '{said}'\n")
    (tmp_path / "postgres").chmod(0o755)
    assert postgres.major_version(tmp_path) == major


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(CannotGoOn, match="belongs to somebody else"):
        postgres.own(tmp_path / "link", None)


def test_a_database_that_does_not_answer_is_said_in_one_sentence_without_the_password() -> None:
    with pytest.raises(CannotGoOn) as refused:
        environment.checked("postgres://somebody:s3cret@127.0.0.1:9/toolkit")
    assert "does not answer" in refused.value.sentence
    assert "s3cret" not in refused.value.sentence
    assert "\n" not in refused.value.sentence


def test_a_database_that_is_too_old_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    old = MagicMock()
    old.__enter__.return_value.info.server_version = 140_019
    monkeypatch.setattr(psycopg, "connect", lambda url, connect_timeout: old)
    with pytest.raises(CannotGoOn, match="is PostgreSQL 14; the toolkit needs 15 or newer"):
        environment.checked("postgres://x/y")


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for servers of this test alone, where the user that root runs them as can come too."""
    with tempfile.TemporaryDirectory(prefix="toolkit-test-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setattr(postgres, "ROOT", Path(folder))
        monkeypatch.setattr(postgres, "AWAY", Path(folder))
        monkeypatch.setattr(postgres, "LOCAL", Path(folder) / ".local")
        yield Path(folder) / ".local"


def answers(url: str) -> bool:
    try:
        with psycopg.connect(url) as connection:
            return connection.execute("select 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


@pytest.mark.slow
def test_a_second_user_of_the_server_keeps_it_up_after_the_first_has_left(local: Path) -> None:
    first, second = postgres.running("test"), postgres.running("test")
    url = first.__enter__()
    assert second.__enter__() == url
    first.__exit__(None, None, None)
    assert answers(url)
    second.__exit__(None, None, None)
    assert not answers(url)


@pytest.mark.slow
def test_a_half_made_cluster_is_made_again(local: Path) -> None:
    cluster = postgres._cluster("test")
    part = cluster.data.with_name(f"{cluster.data.name}-part")
    part.mkdir(parents=True)
    (part / "PG_VERSION").write_text("17\n")
    with postgres.running("test") as url:
        assert answers(url)
