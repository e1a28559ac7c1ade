from tests.processes import process_database

__all__ = ["process_database"]
