"""The workflow that publishes: valid, with few rights, and its steps run here in their order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from archives import Archive
from building import ROOT
from smaller_report import make_smaller

WORKFLOW = ROOT / ".github/workflows/pages.yml"
BASE_URL = "https://someone.github.io/liner-notes"
# The step that tests runs this suite; here it is to run one file of it.
ONE_FILE = "tests/core/test_numbers.py"


@pytest.fixture(scope="module")
def workflow() -> dict:
    return yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))


def steps(workflow: dict, job: str) -> list[dict]:
    return workflow["jobs"][job]["steps"]


def run_tool(*command: str) -> subprocess.CompletedProcess:
    program = Path(sys.executable).parent / command[0]
    return subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True)


def test_it_meets_githubs_schema() -> None:
    checked = run_tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(WORKFLOW))
    assert checked.returncode == 0, checked.stdout


def test_an_audit_finds_nothing() -> None:
    audited = run_tool("zizmor", "--offline", "--persona", "pedantic", "--no-progress", str(WORKFLOW.parent))
    assert audited.returncode == 0, audited.stdout


def test_rights_are_given_by_job_and_few(workflow: dict) -> None:
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert workflow["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}


def test_actions_go_by_released_major_version(workflow: dict) -> None:
    used = [step["uses"] for job in workflow["jobs"] for step in steps(workflow, job) if "uses" in step]
    assert used
    for action in used:
        assert re.fullmatch(r"actions/[a-z-]+@v\d+", action), action


def test_only_main_is_published(workflow: dict) -> None:
    on_main = "github.ref == 'refs/heads/main'"
    assert workflow["jobs"]["deploy"]["if"] == on_main
    by_action = {step.get("uses", "").partition("@")[0]: step.get("if") for step in steps(workflow, "build")}
    assert by_action["actions/upload-pages-artifact"] == on_main
    assert by_action["actions/configure-pages"] == on_main
    # YAML reads the bare word `on` as true.
    assert set(workflow[True]) == {"push", "pull_request", "workflow_dispatch"}
    assert workflow[True]["push"] == {"branches": ["main"]}


def test_its_steps_run_in_their_order(workflow: dict, tmp_path: Path) -> None:
    checkout = checked_out(tmp_path)
    make_smaller(checkout)
    site = published(workflow, checkout, tmp_path)
    assert f'<link rel="canonical" href="{BASE_URL}/">' in (site / "index.html").read_text(encoding="utf-8")


def test_its_steps_run_after_an_update_of_the_data(workflow: dict, tmp_path: Path) -> None:
    checkout = checked_out(tmp_path)
    make_smaller(checkout)
    for name, loud in (("first", 10), ("second", 25)):
        source = Archive(tracks=[{"explicit": int(n < loud), "duration_ms": 1000 * n} for n in range(1, 41)])
        call(checkout, "aggregate", source.sqlite(tmp_path / name), "--edition", name)
    call(checkout, "editions", "acknowledge", "first", "second", "--note", "More are marked.")
    settings = checkout / "report.toml"
    named = settings.read_text(encoding="utf-8").replace('edition = "sample"', 'edition = "second"')
    named = named.replace('demo = "sample"', 'demo = ""')
    settings.write_text(named, encoding="utf-8")
    site = published(workflow, checkout, tmp_path)
    changes = (site / "changes.html").read_text(encoding="utf-8")
    assert "editions/first/index.html" in changes
    assert "More are marked." in changes
    earlier = (site / "editions/first/index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{BASE_URL}/">' in earlier


def checked_out(folder: Path) -> Path:
    """The project as git has it, or would have it."""
    checkout = folder / "checkout"
    for name in tracked_files():
        target = checkout / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target, follow_symlinks=False)
    lend_environment(checkout)
    return checkout


def call(checkout: Path, *arguments: object) -> None:
    command = [sys.executable, "build.py", *map(str, arguments)]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def published(workflow: dict, checkout: Path, temporary: Path) -> Path:
    """What the steps of the workflow's build, run as they stand, leave to be published."""
    environment = {
        **os.environ,
        "PYTEST_ADDOPTS": ONE_FILE,
        "RUNNER_TEMP": str(temporary),
        "BASE_URL": BASE_URL,
    }
    ran = []
    for step in steps(workflow, "build"):
        assert step.get("env", {}).keys() <= {"BASE_URL"}
        if "run" not in step:
            continue
        # As the runner calls it.
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{step['name']}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        ran.append(step["name"])
    assert len(ran) == 4
    return checkout / "site"


def tracked_files() -> list[str]:
    """Files of the checkout as they are, or of a copy without git."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: which files belong to the project is not known")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def lend_environment(checkout: Path) -> None:
    """Let the checkout use this project's virtual environment, if it has one, in place of installing all again."""
    ours = ROOT / ".venv"
    if (ours / "development").exists():
        (checkout / ".venv").symlink_to(ours.resolve())
        for name in ("requirements.txt", "requirements-dev.txt"):
            # Not newer than what was installed from it.
            os.utime(checkout / name, (0, 0))
