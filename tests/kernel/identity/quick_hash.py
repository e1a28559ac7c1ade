from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """The product's own hash with next to no work in it: these tests sign in some hundred times."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
