"""Citations of legal and official documents in Vietnamese prose. Pure: no Django, no clock; one file read (law titles).

>>> [c.surface for c in find_citations("theo khoản 2 Điều 5 Nghị định số 61/2018/NĐ-CP của Chính phủ")]
['khoản 2 Điều 5 Nghị định số 61/2018/NĐ-CP']
"""

from caicach.registry.legislation.citations.finder import find_citations
from caicach.registry.legislation.citations.model import Citation
from caicach.registry.legislation.citations.spelling import normalise

__all__ = ["Citation", "find_citations", "normalise"]
