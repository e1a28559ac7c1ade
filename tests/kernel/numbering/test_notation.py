from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.numbering.rules import format_number


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ({"number": 1368, "kind": "QĐ", "issuer": "BNV"}, "1368/QĐ-BNV"),
        ({"number": 5, "kind": "TB", "issuer": "VP"}, "05/TB-VP"),
        ({"number": 10, "kind": "CTr", "issuer": "BNV"}, "10/CTr-BNV"),
        ({"number": 1234, "issuer": "BNV", "unit": "VP"}, "1234/BNV-VP"),
        ({"number": 61, "kind": "NĐ", "issuer": "CP", "year": 2018}, "61/2018/NĐ-CP"),
        ({"number": 1, "kind": "TT", "issuer": "VPCP", "year": 2018}, "01/2018/TT-VPCP"),
    ],
    ids=["a decision", "a notice under ten", "ten itself", "an official letter", "a decree", "a circular under ten"],
)
def test_a_notation_is_written_as_the_decree_on_records_asks(parts: dict[str, object], written: str) -> None:
    assert format_number(**parts) == written  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "parts",
    [
        {"number": 0, "issuer": "BNV"},
        {"number": 1, "issuer": ""},
        {"number": 1, "issuer": "B NV"},
        {"number": 1, "kind": "Q/Đ", "issuer": "BNV"},
    ],
    ids=["number zero", "nobody issues", "a blank", "a slash"],
)
def test_what_is_no_notation_is_refused(parts: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        format_number(**parts)  # type: ignore[arg-type]


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_different_numbers_never_look_alike(one: int, other: int) -> None:
    looks_alike = format_number(number=one, kind="QĐ", issuer="BNV") == format_number(
        number=other, kind="QĐ", issuer="BNV"
    )
    assert looks_alike == (one == other)
