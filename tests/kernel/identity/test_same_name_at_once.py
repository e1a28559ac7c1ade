"""Two operators write the same name at one moment: one is done, the others are told that it is taken."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from caicach.kernel.identity.models import Account
from tests.processes import process_database as process_database
from tests.rivals import RIVALS, told


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["an_account", "a_unit"])
def test_one_is_made_and_the_others_are_told_that_the_name_is_taken(
    what: str, process_database: dict[str, str]
) -> None:
    assert told(process_database, f"tests.kernel.identity.races:{what}") == {
        "done": 1,
        "identity.name_taken": RIVALS - 1,
    }


@pytest.mark.django_db
def test_the_database_itself_takes_a_name_once_in_whatever_case() -> None:
    made = {"full_name": "Nguyễn Văn An", "created_at": "2022-01-01T00:00:00+07:00"}
    Account.objects.create(username="an", **made)

    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(username="AN", **made)
