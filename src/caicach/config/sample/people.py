"""The accounts of the sample ministry: one for each role, named by its role, and a focal point in every unit."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from caicach.kernel.identity.roles import Role

MINISTRY = "BNV"
OFFICE = "VP"


@dataclass(frozen=True, slots=True)
class Person:
    """holds : (role, unit code); the first is the one that the journal names. office : above the person's signature."""

    username: str
    full_name: str
    holds: tuple[tuple[Role, str], ...]
    office: str = ""

    @property
    def email(self) -> str:
        """In a domain that reaches nobody (RFC 2606, section 2): letters of the sample can be tried."""
        return f"{self.username}@bo-noi-vu.example"


PEOPLE = (
    Person("chuyen-vien-cchc", "Chuyên viên CCHC", ((Role.REFORM_OFFICER, MINISTRY), (Role.STAFF, "CCHC"))),
    Person("lanh-dao-bo", "Lãnh đạo Bộ", ((Role.LEADER, MINISTRY),), office="Thứ trưởng"),
    Person("chanh-van-phong", "Chánh Văn phòng", ((Role.UNIT_HEAD, OFFICE),), office="Chánh Văn phòng"),
    Person("dau-moi-van-phong", "Đầu mối Văn phòng Bộ", ((Role.FOCAL_POINT, OFFICE),)),
    Person("can-bo-van-phong", "Công chức Văn phòng Bộ", ((Role.STAFF, OFFICE),)),
    Person("kiem-toan-noi-bo", "Kiểm toán nội bộ", ((Role.AUDITOR, MINISTRY),)),
    Person("quan-tri", "Quản trị hệ thống", ((Role.OPERATOR, MINISTRY),)),
)


def focal_point(*, code: str, unit_name: str) -> Person:
    return Person(f"dau-moi-{code.lower()}", f"Đầu mối {unit_name}", ((Role.FOCAL_POINT, code),))


def write_passwords(path: Path, lines: list[tuple[str, str, str]]) -> None:
    """(username, password, name) a line, readable by the owner only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.writelines("\t".join(line) + "\n" for line in lines)


def read_passwords(path: Path) -> list[tuple[str, str, str]]:
    """What `write_passwords` wrote; empty when the file is gone."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(name, password, label) for name, password, label in (line.split("\t") for line in lines)]
