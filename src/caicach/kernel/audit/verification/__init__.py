"""Reading the whole journal back and saying whether it is what was written."""

from .findings import Finding, Kind
from .run import Verification, verify

__all__ = ["Finding", "Kind", "Verification", "verify"]
