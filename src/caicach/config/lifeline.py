"""Web and worker do not outlive what started them: a `kill -9` of `caicach run`, or of granian's main process, would
leave them behind, at work on the data and listening on the port, unseen by the next `caicach run`.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from typing import Final

SUPERVISOR: Final = "CAICACH_SUPERVISOR"
"""Environment variable: process id of the `caicach run` that started this process, or one of its parents."""
LOOK_EVERY: Final = 1.0  # seconds
LEAVE_WITHIN: Final = 10.0  # seconds, as patient as the supervisor itself


def leave_with_the_starter() -> None:
    """Watch, from a thread, `caicach run` and the process that forked this one to answer requests, if there are any.

    What systemd or a terminal keeps is theirs to end.
    """
    supervisor = int(os.environ.get(SUPERVISOR, "0"))
    main_process = os.getppid() if multiprocessing.parent_process() else 0
    if supervisor or main_process:
        threading.Thread(target=_watch, args=(supervisor, main_process), name="lifeline", daemon=True).start()


def _watch(supervisor: int, main_process: int) -> None:
    pause = threading.Event()
    while _is_there(supervisor) and main_process in (0, os.getppid()):
        pause.wait(LOOK_EVERY)
    if main_process == os.getppid():
        os.kill(main_process, signal.SIGTERM)  # granian's main process does not look for itself
    os.kill(os.getpid(), signal.SIGTERM)
    pause.wait(LEAVE_WITHIN)
    os._exit(1)


def _is_there(process: int) -> bool:
    """0 is nobody, whose absence is no reason to leave."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is there, as another user
        return True
    return True
