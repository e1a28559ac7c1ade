from tests.measurement.programme.conftest import client_of, plan, task_named

__all__ = ["client_of", "plan", "task_named"]
