from __future__ import annotations

from tests.measurement.programme.conftest import _files_of_the_test, client_of, draft, plan, task_named

__all__ = ["_files_of_the_test", "client_of", "draft", "plan", "task_named"]
