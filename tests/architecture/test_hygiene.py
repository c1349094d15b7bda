"""What is true of the files themselves."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(settings.ROOT)
LONGEST = 450
OURS = ("toolkit", "guidance", "workflows")

# Where the product was made, and the hosts its packages came from, are nobody's business. Written so that this file
# does not find itself.
NOT_OURS = re.compile(
    "|".join(
        (r"(?<![\w.-])/wo" + "rk/", "/tmp/" + "team", "files.python" + "hosted.org", r"pypi\." + "org/simple", "registry." + "npmjs.org",
         r"--index" + "-url", r"--find" + "-links")
    )
)  # fmt: skip
VOCABULARY = {
    "adapters", "admin", "apps", "checks", "definitions", "facts", "fields", "forms", "letters", "loading", "middleware", "models", "outcomes",
    "pages", "permissions", "projection", "querysets", "readers", "reference_data", "roles", "selectors", "services", "signup",
    "starters", "tasks", "urls", "views", "visibility",
}  # fmt: skip
LAYERED = (
    "toolkit/accounts",
    "workflows/procurements",
    "workflows/contracts",
    "guidance/editorial",
    "guidance/pages",
    "guidance/documents",
    "toolkit/desk",
    "toolkit/notifications",
)
PURE_NOUNS = {
    "activity", "announcing", "approval_pages", "approvals", "before", "blanks", "calendar", "chain", "changed_guidance", "comments", "comparing", "conditions",
    "confidence", "content", "contents", "dates", "deciding", "differences", "decision_records", "desk", "diffs", "digests", "documents", "due", "endorsers", "feed",
    "figures", "fillings", "following", "glossary", "handing_over", "happenings", "indexing", "key_decisions", "kinds", "lapsing", "ledger", "limits", "links", "markdown", "mentions", "older",
    "outside", "panels", "papers", "pdf", "planning", "prefilling", "previews", "printing", "problems", "provenance", "recorded", "reminders", "rendering",
    "renditions", "renewing", "resting", "rows", "sentences", "shelf", "slips", "stand_ins", "standing", "steps", "subjects", "telling", "topics", "triage", "unanswerable", "versions", "waiting", "work",
    "workload",
}  # fmt: skip
"""Files that hold one noun of their app, beside the ones that every app has."""


def _tracked() -> list[Path]:
    """Every file that is, or is about to be, in the repository."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:  # not a git checkout: what we know to be ours
        folders = (*OURS, "docs", "static/own", "static/src", "templates", "tests")
        return [
            path
            for folder in folders
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        ]
    return [path for name in done.stdout.splitlines() if (path := ROOT / name).is_file()]


def _python_files() -> list[Path]:
    return [path for path in _tracked() if path.suffix == ".py" and "migrations" not in path.parts]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_names_a_workplace_or_a_package_host() -> None:
    found = []
    for path in _tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue  # pictures, fonts, documents
        found += [f"{_name(path)}: {match[0]}" for match in NOT_OURS.finditer(text)]
    assert not found


def test_no_python_file_grows_past_the_limit() -> None:
    long = {
        _name(path): lines
        for path in _python_files()
        if (lines := len(path.read_text().splitlines())) > LONGEST
    }
    assert not long, f"split by noun: {long}"


@pytest.mark.parametrize("app", LAYERED)
def test_files_of_an_app_say_what_they_hold(app: str) -> None:
    names = {path.stem for path in (ROOT / app).glob("*.py")} - {"__init__"}
    strange = names - VOCABULARY - PURE_NOUNS
    assert not strange, f"{app}: {strange}: use a name of design §2, or add the noun here"


def test_every_module_says_what_it_is() -> None:
    silent = [
        _name(path)
        for path in _python_files()
        if path.parts[len(ROOT.parts)] in OURS
        and path.name not in ("__init__.py", "apps.py")
        and not path.read_text().lstrip().startswith(('"""', 'r"""'))
    ]
    assert not silent


def test_every_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs" / "adr" / "0003-dependencies.md").read_text().lower()
    wanted = set()
    for name in ("requirements.in", "requirements-test.in"):
        for line in (ROOT / name).read_text().splitlines():
            if match := re.match(r"[A-Za-z][\w.-]*", line):
                wanted.add(match[0].lower())
    assert not {name for name in wanted if name not in reasons}


def test_every_command_says_what_it_does() -> None:
    ours = {
        name: app for name, app in get_commands().items() if isinstance(app, str) and app.startswith(OURS)
    }
    assert ours
    assert not {name for name, app in ours.items() if not load_command_class(app, name).help}


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    found = [
        f"{_name(path)}: {line.strip()}"
        for path in _python_files()
        for line in path.read_text().splitlines()
        if later.search(line)
    ]
    assert not found
