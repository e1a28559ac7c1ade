"""Requests as our views receive them: the middleware has added the actor."""

from __future__ import annotations

from django.http import HttpRequest

from caicach.kernel.usecase.actor import Actor

from .models import Account


class StaffRequest(HttpRequest):
    """`actor` is the person with today's roles, or ANONYMOUS."""

    actor: Actor
    user: Account
