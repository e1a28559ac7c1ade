"""What the rooms really registered leads somewhere."""

from __future__ import annotations

import pytest

from caicach.kernel.ui import navigation


@pytest.mark.parametrize("item", navigation.registered(), ids=lambda item: item.key)
def test_every_registered_place_is_served(item):
    assert navigation.address(item.url_name)
