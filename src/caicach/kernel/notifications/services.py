"""Telling people, and what they do with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from caicach.kernel.identity.models import Account
from caicach.kernel.jobs.services import enqueue
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput, NotPermitted

from . import access, mailing
from .kinds import NoticeKind, kinds
from .models import Mail, MailChoice, Notice

KEEP_READ: Final = timedelta(days=180)
KEEP_UNREAD: Final = timedelta(days=365)
ROWS_AT_ONCE: Final = 1000


@use_case("notifications.notify", permission=access.by_the_system)
def notify(
    uc: UseCase,
    *,
    kind: NoticeKind,
    accounts: list[int],
    message: str,
    url: str,
    plural: str = "",
    params: dict[str, Any] | None = None,
    about: str = "",
    deadline: date | None = None,
    key: str = "",
) -> int:
    """Tell people of one thing; how many had not been told yet. Called by the system, from a room's subscription.

    accounts : ids; who is not active any more is left out. message, plural : English message ids (`gettext_noop`),
    with named placeholders that `params` fills (plain values; `count` chooses the plural). url : a path on this site.
    about : the record's number and name. key : the same person and key are told once, however often this is called.
    Raises InvalidInput for an address elsewhere and for words that their values do not fill.
    """
    params = params or {}
    _check(url=url, words=[message, *([plural] if plural else [])], params=params)
    people = list(Account.objects.filter(pk__in=set(accounts), is_active=True).order_by("pk"))
    mail_of = _mail_of(people, kind)
    notices = [
        Notice(
            account=person,
            kind=kind.code,
            message=message,
            plural=plural,
            params=params,
            about=about,
            url=url,
            deadline=deadline,
            is_urgent=kind.is_urgent,
            created_at=uc.at,
            dedupe_key=key,
            mail=mail_of[person.pk],
        )
        for person in people
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    # Those that were there before keep their own ids: only ours are found again.
    told = list(Notice.objects.filter(pk__in=[notice.pk for notice in notices]).order_by("account_id"))
    for notice in told:
        if notice.mail == Mail.NOW:
            _mail(uc, notice, kind)
    uc.note = f"{kind.code}: {len(told)}"
    return len(told)


def _mail_of(people: Sequence[Account], kind: NoticeKind) -> dict[int, str]:
    """Account -> how it wants this kind by e-mail; none without an address."""
    chosen = dict(MailChoice.objects.filter(account__in=people, kind=kind.code).values_list("account_id", "mail"))
    return {person.pk: chosen.get(person.pk, kind.mail) if person.email else Mail.NONE for person in people}


def _mail(uc: UseCase, notice: Notice, kind: NoticeKind) -> None:
    enqueue(
        mailing.send_notice,
        actor=uc.actor,
        subject=str(kind.label),
        key=str(notice.pk),
        notice_id=str(notice.pk),
    )


def _check(*, url: str, words: list[str], params: dict[str, Any]) -> None:
    # Said here too: with "insert or ignore" SQLite also ignores rows that break a CHECK.
    if not url.startswith("/") or url.startswith("//"):
        raise InvalidInput(fields={"url": [_("A notice leads to a page of this site.")]})
    try:
        for text in words:
            text % params
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidInput(fields={"params": [_("The values do not fill the words.")]}) from error


@use_case("notifications.mark_read", permission=access.can_read)
def mark_read(uc: UseCase, *, notice: Notice) -> None:
    """Marks one notice as read; a second time changes nothing."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=uc.at)


@use_case("notifications.mark_all_read", permission=access.can_choose)
def mark_all_read(uc: UseCase) -> int:
    """Marks all that one was told up to now as read. Returns how many."""
    mine = Notice.objects.filter(account_id=_person(uc.actor), read_at=None, created_at__lte=uc.at)
    return mine.update(read_at=uc.at)


@use_case("notifications.choose_mail", permission=access.can_choose)
def choose_mail(uc: UseCase, *, choices: dict[str, str]) -> None:
    """How the actor wants each kind by e-mail, from now on. Raises InvalidInput for kinds and ways that are none."""
    declared = kinds()
    if choices.keys() - declared.keys() or set(choices.values()) - set(Mail.values):
        raise InvalidInput(fields={"choices": [_("Choose one way for each kind.")]})
    person = _person(uc.actor)
    had = {choice.kind: choice for choice in MailChoice.objects.filter(account_id=person)}
    for code, mail in choices.items():
        choice = had.get(code)
        if choice is None:
            if mail != declared[code].mail:
                uc.created(MailChoice.objects.create(account_id=person, kind=code, mail=mail))
        elif choice.mail != mail:
            with uc.changing(choice):
                choice.mail = mail
                choice.save(update_fields=["mail"])


def _person(actor: Actor) -> int:
    """The system reads nothing and chooses nothing. Raises NotPermitted."""
    if actor.account_id is None:
        raise NotPermitted
    return actor.account_id


@use_case("notifications.sweep", permission=access.by_the_system)
def sweep(uc: UseCase) -> int:
    """Delete some notices that were read half a year ago or told a year ago; how many. To be called until that is 0."""
    old = Notice.objects.filter(created_at__lt=uc.at - KEEP_READ).exclude(read_at=None)
    ids = list(old.values_list("pk", flat=True)[:ROWS_AT_ONCE])
    very_old = Notice.objects.filter(created_at__lt=uc.at - KEEP_UNREAD)
    ids += list(very_old.values_list("pk", flat=True)[:ROWS_AT_ONCE])
    Notice.objects.filter(pk__in=ids).delete()
    uc.note = f"{len(ids)} notices"
    return len(ids)
