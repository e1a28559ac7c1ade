"""A small ministry for tests: a few real units and one person for each role. Everything goes through the use cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from caicach.kernel.identity import queries, services
from caicach.kernel.identity.models import Account, Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import SYSTEM, Actor
from caicach.registry.organisation.models import UnitProfile

SINCE = date(2022, 1, 1)
PASSWORD = "mot-chuoi-rat-dai-cho-thu"

UNITS = (
    ("BNV", "Bộ Nội vụ", "", "ministry", ("Bộ",)),
    ("CCHC", "Vụ Cải cách hành chính", "BNV", "department", ("Vụ CCHC",)),
    ("VP", "Văn phòng Bộ", "BNV", "office", ("Văn phòng",)),
    ("TCCB", "Vụ Tổ chức cán bộ", "BNV", "department", ("Vụ TCCB",)),
    ("PC", "Vụ Pháp chế", "BNV", "department", ()),
    ("TTTT", "Trung tâm Thông tin", "BNV", "public_service_unit", ()),
)
PEOPLE: dict[str, tuple[tuple[Role, str], ...]] = {
    "leader": ((Role.LEADER, "BNV"),),
    "officer": ((Role.REFORM_OFFICER, "BNV"), (Role.STAFF, "CCHC")),
    "head": ((Role.UNIT_HEAD, "VP"),),
    "focal": ((Role.FOCAL_POINT, "VP"),),
    "staff": ((Role.STAFF, "VP"),),
    "neighbour": ((Role.FOCAL_POINT, "TTTT"),),
    "auditor": ((Role.AUDITOR, "BNV"),),
    "operator": ((Role.OPERATOR, "BNV"),),
}
"""The neighbour holds the focal point's role in the unit next door."""
OFFICES = {"leader": "Thứ trưởng", "head": "Chánh Văn phòng"}
"""What stands above the signatures of those who sign."""


@dataclass
class Ministry:
    units: dict[str, Unit] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def actor(self, name: str, *, on: date = date(2022, 6, 20)) -> Actor:
        return queries.actor_of(account=self.accounts[name], on=on)

    def __getattr__(self, name: str) -> Any:
        if name in PEOPLE:
            return self.actor(name)
        raise AttributeError(name)


def make_ministry() -> Ministry:
    made = Ministry()
    for order, (code, name, parent, kind, aliases) in enumerate(UNITS):
        unit = services.create_unit(
            actor=SYSTEM, code=code, name=name, parent=made.units.get(parent), valid_from=SINCE, order=order
        )
        UnitProfile.objects.create(unit=unit, kind=kind, aliases=list(aliases), source="NĐ 63/2022/NĐ-CP")
        made.units[code] = unit
    _add_people(made)
    return made


def make_people() -> Ministry:
    """The same people in units that are there already."""
    made = Ministry(units={unit.code: unit for unit in Unit.objects.all()})
    _add_people(made)
    return made


def _add_people(made: Ministry) -> None:
    for name, holds in PEOPLE.items():
        account = services.create_account(
            actor=SYSTEM, username=name, full_name=f"Người giữ vai {name}", email=f"{name}@bnv.example"
        )
        for role, code in holds:
            services.grant_role(
                actor=SYSTEM,
                account=account,
                role=role.value,
                unit=made.units[code],
                valid_from=SINCE,
                office=OFFICES.get(name, ""),
            )
        made.accounts[name] = account
