"""Where an exception came from, without what it says: its text may quote content."""

from __future__ import annotations

import traceback
from typing import Any


def where_raised(error: BaseException) -> str:
    """Kinds of the exceptions and the lines that raised them, outermost first; at most 8,000 characters."""
    told = traceback.TracebackException.from_exception(error)
    lines: list[str] = []
    seen: traceback.TracebackException | None = told
    while seen is not None:
        lines.append(f"{_kind_of(seen)}")
        lines.extend(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in seen.stack)
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines)[:8000]


def _kind_of(told: Any) -> str:
    kind = told.exc_type
    return f"{kind.__module__}.{kind.__qualname__}" if kind is not None else "exception"
