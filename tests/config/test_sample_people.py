"""People of the sample have addresses, so that letters can be tried, in a domain that reaches nobody."""

from __future__ import annotations

import pytest
from django.core.validators import validate_email

from caicach.config.sample import people


@pytest.mark.parametrize(
    "person", [*people.PEOPLE, people.focal_point(code="TTTT", unit_name="Trung tâm Thông tin")], ids=str
)
def test_everyone_has_an_address_that_reaches_nobody(person: people.Person) -> None:
    validate_email(person.email)
    assert person.email.endswith(".example")
