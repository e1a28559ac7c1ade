"""The technical log: one JSON object a line on standard error, of Django, the libraries and our own code alike.

It holds no names, contents, file names or tokens (QUALITY L3): of an exception only its kind and the lines it came
through are written, since its text may quote what someone typed. The journal is where people's acts stand.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import structlog

Event = MutableMapping[str, Any]


def where_instead_of_text(_logger: Any, _method: str, event: Event) -> Event:
    """`exc_info` becomes `where`: kinds and lines."""
    import sys

    from caicach.kernel.usecase.tracing import where_raised

    told = event.pop("exc_info", None)
    error = told[1] if isinstance(told, tuple) else told if isinstance(told, BaseException) else None
    if told is True:
        error = sys.exc_info()[1]
    if error is not None:
        event["where"] = where_raised(error)
    event.pop("exception", None)
    event.pop("stack_info", None)
    return event


def request_id(_logger: Any, _method: str, event: Event) -> Event:
    """The same id that stands in the answer's header and in the journal."""
    from caicach.kernel.usecase.context import current_request_id

    if "request_id" not in event and (known := current_request_id()):
        event["request_id"] = known
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    request_id,
    where_instead_of_text,
]


def logging_settings(*, level: str) -> dict[str, Any]:
    """Django's LOGGING. Configures structlog to speak through the same handler."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    line = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
            "django.security": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            # What the worker begins, ends and takes up again is of use whatever the level of the rest.
            "caicach.jobs": {
                "handlers": ["stderr"],
                "level": "INFO" if level == "WARNING" else level,
                "propagate": False,
            },
        },
    }
