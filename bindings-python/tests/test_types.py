"""Types: the package and a program that uses it pass mypy in strict mode, and mistakes do not."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path

import iam

SAMPLE = Path(__file__).with_name("sample.py")


def mypy(*arguments: str, cwd: Path) -> str:
    """What mypy says."""
    program = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", *arguments]
    environment = {**os.environ, "MYPY_CACHE_DIR": str(cwd / "cache")}
    return subprocess.run(program, capture_output=True, text=True, cwd=cwd, env=environment).stdout


def test_package_and_sample(tmp_path: Path) -> None:
    assert mypy("-p", "iam", cwd=tmp_path) == ""
    assert mypy(str(SAMPLE), cwd=tmp_path) == ""
    runpy.run_path(str(SAMPLE), run_name="__main__")
    assert (Path(iam.__file__).parent / "py.typed").exists()


def test_mistakes_are_found(tmp_path: Path) -> None:
    wrong = [
        "acme.users.create(user_name=1)",
        "acme.users.create(colour='red')",
        "acme.users.delete('x', mode='explode')",
        "acme.users.search(deleted='maybe')",
        "acme.preview.users.delete('x').revision",
        "acme.users.get('x').version.upper()",
        "acme.users.explode()",
        "acme.nobody.create()",
    ]
    program = tmp_path / "wrong.py"
    lines = ["import iam", "acme: iam.Acting = iam.open(':memory:').realm('a').act_as('system')", *wrong]
    program.write_text("\n".join(lines), encoding="utf-8")
    said = mypy(str(program), cwd=tmp_path)
    for number in range(3, len(lines) + 1):
        assert f"wrong.py:{number}: error" in said, (lines[number - 1], said)


def test_the_stub_is_what_the_native_part_has(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "mypy.stubtest", "iam._native", "--concise", "--ignore-disjoint-bases"]
    environment = {**os.environ, "MYPY_CACHE_DIR": str(tmp_path / "cache")}
    done = subprocess.run(program, capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
