"""What docs/papers.md shows runs as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs/papers.md"


def test_every_example_runs() -> None:
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), flags=re.S)

    assert len(examples) == 3
    exec("\n".join(examples), {})  # noqa: S102  # the page's own code, in one piece as a reader would type it
