from tests.measurement.programme.conftest import plan

__all__ = ["plan"]
