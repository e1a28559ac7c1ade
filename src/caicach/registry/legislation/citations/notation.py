"""The number and code of an official document: 61/2018/NĐ-CP, 1368/QĐ-BNV, 10-NQ/BCSĐ, 6459/BNV-CCHC, 25-CP.

The grammar is read by hand, a part at a time, from the digits on: every step looks at a bounded number of characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from caicach.registry.legislation.citations.kinds import FOREIGN_CODES, KIND_OF_CODE, kind_of_code
from caicach.registry.legislation.citations.spelling import DASH, straighten

STATE = "state"  # 61/2018/NĐ-CP, 1368/QĐ-BNV, 03/VBHN-VPQH: the code names the kind
PARTY = "party"  # 10-NQ/BCSĐ
ASSEMBLY = "assembly"  # 52/2019/QH14: the kind is not in the number
LETTER = "letter"  # 6459/BNV-CCHC: an official letter, or an old number such as 202/TCCP-VC
OLD = "old"  # 25-CP, 169/HĐBT, 200/TTg
SHORT = "short"  # 61, 61/2018: said after a kind only


@dataclass(frozen=True, slots=True)
class Notation:
    """A number at `text[start:end]`; `number` is it without blanks and with true Đ and hyphens."""

    start: int
    end: int
    number: str
    family: str
    kind: str | None  # what the code says

    @property
    def is_foreign(self) -> bool:
        """A contract, a licence, a form: no document that is cited as law."""
        return any(part in FOREIGN_CODES for part in re.split("[/-]", self.number)[1:2])


def serial_of(number: str) -> str:
    """The part before the first slash or hyphen: "61" of 61/2018/NĐ-CP, "18" of 18-NQ/TW."""
    return re.split("[/-]", number, maxsplit=1)[0]


_CODE_UPPER = "A-ZĐÐƯƠÔÊÂĂ"
_CODE_LOWER = "a-zđðươôêâă"
_GAP = r"\s{0,3}"
_DASHES = f"[{DASH}]"
_SERIAL = re.compile(r"(?:\d{1,3}\.\d{3}|\d{1,6})[a-zA-ZđĐÐ]?(?![\w])")
_SLASH = re.compile(rf"{_GAP}/{_GAP}")
_HYPHEN = re.compile(rf"{_GAP}{_DASHES}{_GAP}")
_YEAR = re.compile(rf"(?:1[89]|20)\d\d(?!\d)|\d\d(?=\s{{0,3}}[/{DASH}])")
_CODE = re.compile(rf"[{_CODE_UPPER}][{_CODE_UPPER}{_CODE_LOWER}0-9]*(?:&[{_CODE_UPPER}{_CODE_LOWER}0-9]+)*(?!\w)")
_LOWER_CODE = re.compile(rf"[{_CODE_LOWER}]{{2,4}}(?!\w)")
# "61/2018/nđ-cp": issuers written small, after a code written small.
_LOWER_PART = re.compile(rf"[{DASH}/](?:cp|ttg|ubnd|hđnd|tw|vpcp|ubtvqh\d{{0,2}}|b[{_CODE_LOWER}]{{1,5}})(?!\w)")
_ASSEMBLY = re.compile(r"(?:NQ-|PL-|L-)?(?:QH|UBTVQH)(?:K?\d{1,2})?")
_ASSEMBLY_TERM = re.compile(r"\s(?=\d{1,2}(?!\d|[/.]))\d{1,2}")
_TIGHT_PART = re.compile(rf"([{DASH}/])")
_OLD_WITHOUT_SLASH = re.compile(rf"\d{{1,5}}\s?[A-ZĐÐ]{{2,10}}(?:[/{DASH}][A-ZĐÐ]{{2,10}}){{1,2}}(?!\w)")
_LOST_SLASH = re.compile(r"(?=UBTVQH|QH\d|NĐ-|TT-|QĐ-)")
# "QĐ.TTg", "QĐ-UBND.HC": a full stop where others write a hyphen.
_DOTTED_PART = re.compile(r"\.(?:TTg|TTG|UBND|UB|HĐND|CP|[A-ZĐÐ]{2,3})(?!\w)")
_YEAR_LAST = re.compile(r"/(?:19|20)\d\d(?!\d)")
_NOT_AN_ACRONYM = re.compile(f"[{_CODE_LOWER}]{{4}}")
# A footnote mark that a conversion glued to the number: 61/2018/NĐ-CP1.
_FOOTNOTED = re.compile(r"(CP|TTg)\d$")
_OLD_ISSUERS = frozenset(
    ["CP", "HĐBT", "TTG", "CT", "PC", "SL", "LCT", "HĐNN", "HĐNN7", "HĐNN8", "BNV", "TTLB", "UB", "TW"]
)
_AMPLE_CASE = {"TTG": "TTg", "CTR": "CTr", "TTR": "TTr"}

# Where a number may begin: cheap to test, true for few places.
BEGINS = rf"\d{{1,6}}(?:\.\d{{3}})?[A-Za-zđĐÐ]?{_GAP}[{DASH}/]{_GAP}[\d{_CODE_UPPER}nqtp]"


def notation_at(text: str, pos: int, *, said: bool = False) -> Notation | None:
    """The number that begins at `pos`, or None. Looks at most at some dozen characters per part.

    `said`: a kind and its "số" stand before, so that old and odd numbers are admitted too: 43-NV, 84 TC/TCT, 3665/TN.
    """
    serial = _SERIAL.match(text, pos)
    found = None
    if serial and (slash := _SLASH.match(text, serial.end())):
        found = _after_slash(text, pos, slash.end(), said=said)
    elif serial and (hyphen := _HYPHEN.match(text, serial.end())):
        found = _after_hyphen(text, pos, hyphen.end(), said=said)
    if found is None and said and (odd := _OLD_WITHOUT_SLASH.match(text, pos)):
        return _made(text, pos, odd.end(), OLD, None)
    return found


def short_number_at(text: str, pos: int) -> Notation | None:
    """ "61" or "61/2018" at `pos`, as said after a kind: "Nghị định 61"."""
    found = _SHORT.match(text, pos)
    if found is None:
        return None
    return Notation(pos, found.end(), "".join(found.group().split()), SHORT, None)


_SHORT = re.compile(r"\d{1,4}[a-zđ]?(?:/(?:19|20)\d\d)?(?![\w%]|[./,]\d|\s?[%‰])")


def _after_slash(text: str, start: int, pos: int, *, said: bool) -> Notation | None:
    year = _YEAR.match(text, pos)
    if year is None:
        return _coded(text, start, pos, with_year=False, said=said)
    joint = _SLASH.match(text, year.end()) or _HYPHEN.match(text, year.end()) or _LOST_SLASH.match(text, year.end())
    return _coded(text, start, joint.end(), with_year=True, said=said) if joint else None


def _after_hyphen(text: str, start: int, pos: int, *, said: bool) -> Notation | None:
    """Party numbers put the kind after a hyphen and the organ after a slash; 25-CP has the issuer alone."""
    code_end = _code_end(text, pos)
    if code_end is None:
        return None
    code = straighten(text[pos:code_end])
    slash = _SLASH.match(text, code_end)
    organ_end = _code_end(text, slash.end()) if slash else None
    if organ_end is not None and kind_of_code(code):
        end = _tail_end(text, organ_end, spaced_hyphens=0)
        return _made(text, start, end, PARTY, kind_of_code(code))
    if organ_end is not None and said:
        return _made(text, start, organ_end, OLD, None)
    if said or code.upper() in _OLD_ISSUERS:
        return _made(text, start, code_end, OLD, None)
    return None


def _coded(text: str, start: int, pos: int, *, with_year: bool, said: bool) -> Notation | None:
    if with_year and (assembly := _ASSEMBLY.match(text, pos)):
        term = _ASSEMBLY_TERM.match(text, assembly.end()) if assembly.group()[-1] == "H" else None
        end = term.end() if term else assembly.end()
        if end == len(text) or not text[end].isalnum():
            end = _tail_end(text, end, spaced_hyphens=0)
            kind = kind_of_code(assembly.group().split("-")[0]) if "-" in assembly.group() else None
            return _made(text, start, end, STATE if kind else ASSEMBLY, kind)
    code_end = _code_end(text, pos)
    if code_end is None:
        return None
    code = straighten(text[pos:code_end])
    kind = kind_of_code(code)
    joint = code.upper() in ("TTLT", "NQLT", "TTLB")
    end = _tail_end(text, code_end, spaced_hyphens=8 if joint else 1)
    if end == code_end and not with_year and not said and kind is None and code.upper() not in _OLD_ISSUERS:
        return None
    if kind and (end > code_end or with_year):
        return _made(text, start, end, STATE, kind)
    if end == code_end and not with_year:
        return _made(text, start, end, OLD, kind)
    return _made(text, start, end, LETTER, None)


def _code_end(text: str, pos: int) -> int | None:
    """Where the code beginning at `pos` ends; None when what stands there is a word and no acronym."""
    found = _CODE.match(text, pos)
    if found is None:
        lower = _LOWER_CODE.match(text, pos)
        return lower.end() if lower and lower.group().upper() in KIND_OF_CODE else None
    code = found.group()
    if kind_of_code(code):
        return found.end()
    if _NOT_AN_ACRONYM.search(code) or len(code) > 24:
        return None
    capitals = sum(c.isupper() or c.isdigit() for c in code)
    return found.end() if capitals >= 2 else None


def _tail_end(text: str, pos: int, *, spaced_hyphens: int) -> int:
    """The end of the parts after the first code: "-CP", "-BNV-BTC", "/ĐU".

    Blanks around a hyphen are scanning noise in "NĐ - CP" but a dash of the sentence in "NĐ-CP - UBND", so only the
    first hyphen may have them (all of them in joint circulars).
    """
    while True:
        tight = _TIGHT_PART.match(text, pos)
        end = _code_end(text, tight.end()) if tight else None
        if tight and end:
            spaced_hyphens = 0 if spaced_hyphens == 1 else spaced_hyphens
        elif spaced_hyphens and (spaced := _HYPHEN.match(text, pos)):
            end = _code_end(text, spaced.end())
            spaced_hyphens -= 1
        if end is None and (other := _DOTTED_PART.match(text, pos) or _LOWER_PART.match(text, pos)):
            end = other.end()
        if end is None:
            year = _YEAR_LAST.match(text, pos)
            return year.end() if year else pos
        pos = end


def _made(text: str, start: int, end: int, family: str, kind: str | None) -> Notation:
    if _FOOTNOTED.search(text[start:end]):
        end -= 1
    written = "".join(straighten(text[start:end]).split())
    parts = re.split("([/-])", written.upper() if written.islower() else written)
    return Notation(start, end, "".join(map(_canonical_part, parts)), family, kind)


def _canonical_part(part: str) -> str:
    if part.upper() in _AMPLE_CASE:
        return _AMPLE_CASE[part.upper()]
    return part.upper() if part.upper() in KIND_OF_CODE and part not in ("QyĐ", "QĐi") else part
