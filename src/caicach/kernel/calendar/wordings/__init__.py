"""Legal and official wordings of time turned into dates. Pure; time linear in the length of the text.

deadline_in("Hoàn thành trước ngày 20/11/2022", plan_year=2022)[0].last_day == date(2022, 11, 19)
"""

from .reading import deadline_in
from .results import Recurrence, WordedDeadline, WordingKind

__all__ = ["Recurrence", "WordedDeadline", "WordingKind", "deadline_in"]
