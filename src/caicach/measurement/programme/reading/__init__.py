"""Reading a reform plan: from the text of a decision to its tasks. Pure: no Django, no clock, no files but its own.

reading = read_plan(SourceText(text), units=UnitNames(units), plan_year=2022)
reading.as_json()
"""

from .beginnings import beginning_in
from .fields import FIELD_NAMES, ReformField, field_named
from .reader import read_plan
from .results import Decision, PlanReading, ReadTask
from .source import Cell, SourceTable, SourceText, SourceWarning
from .targets import Operator, Target
from .units import NamedUnit, UnitMatch, UnitMatcher, UnitNames, own_words

__all__ = [
    "FIELD_NAMES",
    "Cell",
    "Decision",
    "NamedUnit",
    "Operator",
    "PlanReading",
    "ReadTask",
    "ReformField",
    "SourceTable",
    "SourceText",
    "SourceWarning",
    "Target",
    "UnitMatch",
    "UnitMatcher",
    "UnitNames",
    "beginning_in",
    "field_named",
    "own_words",
    "read_plan",
]
