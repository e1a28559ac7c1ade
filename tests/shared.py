"""Real texts that lie beside the checkout on some machines. Tests that need them are skipped elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"
SHARED: Path | None = _BESIDE if (_BESIDE / "data").is_dir() else None

needs_shared = pytest.mark.skipif(SHARED is None, reason="the real texts are not beside this checkout")


def shared_text(name: str) -> str:
    """The text of data/NAME, for tests marked `needs_shared`."""
    assert SHARED is not None
    return (SHARED / "data" / name).read_text(encoding="utf-8")
