"""What is installed is what was written: wheel, sdist, bare checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.install

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def built(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that was built from it."""
    target = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "-q", "--no-isolation", "--outdir", str(target), str(checkout)]
    done = subprocess.run(build, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def shipped() -> set[str]:
    """Every rule, schema, word list and template of the checkout."""
    found = set()
    for name in ("rules", "schemas", "slalint"):
        for path in (ROOT / name).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                found.add(path.relative_to(ROOT).as_posix())
    return found


def test_wheel_and_sdist_hold_everything(built: Path) -> None:
    wheel = next(built.glob("*.whl"))
    inside = {name.replace("slalint/_bundled/", "") for name in zipfile.ZipFile(wheel).namelist()}
    assert shipped() <= inside
    assert not any("__pycache__" in name for name in inside)
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    assert shipped() <= packed


def test_installed_wheel_checks_an_example(built: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", str(next(built.glob("*.whl")))]
    done = subprocess.run(install, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    agreement = tmp_path / "printing.sla.yaml"
    agreement.write_text("apiVersion: slalint/v1\nkind: ServiceLevelAgreement\nmetadata: {title: Printing}\n")
    for command in ([str(python.with_name("slalint"))], [str(python), "-m", "slalint"]):
        done = subprocess.run(
            [*command, "check", "--isolated", str(agreement)], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1, done.stderr
        assert "missing-termination-policy" in done.stdout


def test_bare_checkout_runs(checkout: Path, tmp_path: Path) -> None:
    """No installation at all: the packages that slalint needs, and its folder on the path."""
    run = [sys.executable, "-m", "slalint", "rules"]
    done = subprocess.run(
        run, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(checkout)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "missing-termination-policy" in done.stdout
