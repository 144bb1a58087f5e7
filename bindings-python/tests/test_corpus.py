"""The scenario corpus: what Python is answered is what Rust is answered, byte for byte."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from corpus import transcript

SCENARIOS = sorted((Path(__file__).resolve().parents[2] / "iam-core" / "scenarios").glob("*.json"))
TRANSCRIPTS = os.environ.get("IAM_TRANSCRIPTS")


@pytest.mark.parametrize("storage", ["memory", "sqlite"])
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenario(path: Path, storage: str, tmp_path: Path) -> None:
    if os.environ.get("IAM_SMALL") and path.stem == "passkeys":
        pytest.skip("built without passkeys")
    address = ":memory:" if storage == "memory" else str(tmp_path / "people.db")
    found = transcript(path.stem, json.loads(path.read_text(encoding="utf-8")), address)
    if TRANSCRIPTS is None:
        pytest.skip("IAM_TRANSCRIPTS names no folder: only what is refused was looked at")
    assert found == (Path(TRANSCRIPTS) / f"{path.stem}.txt").read_text(encoding="utf-8")


def test_there_is_a_corpus() -> None:
    assert len(SCENARIOS) >= 17
