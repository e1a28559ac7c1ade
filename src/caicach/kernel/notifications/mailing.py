"""Sending: one job a letter, tried again while the mail server is away, sent once as far as that can be known."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caicach.kernel.calendar.zone import VIETNAM, local_date
from caicach.kernel.identity.models import Account
from caicach.kernel.jobs.registry import Outcome, job
from caicach.kernel.jobs.run import Run
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import UseCaseError

from . import access, letters, listing
from .letters import Letter
from .models import Mail, Notice


class BadAddress(UseCaseError):
    """The account's address is none; trying again would not help."""

    code = "notifications.bad_address"

    def default_message(self) -> str:
        return _("The account's e-mail address is not valid. Correct it, then start this again.")


@job(
    "notifications.send_notice",
    title=gettext_lazy("Send an e-mail"),
    max_attempts=8,
    time_limit=timedelta(minutes=1),
)
def send_notice(run: Run, *, notice_id: str) -> Outcome:
    """An urgent notice, unless it has been read in the meantime."""
    notice = Notice.objects.select_related("account").filter(pk=notice_id, mailed_at=None, read_at=None).first()
    if notice is None or not notice.account.is_active:
        return Outcome()
    with translation.override(notice.account.language):
        _send(letters.of_one(notice), to=notice.account, reference=run.key("letter"))
    note_sent(actor=SYSTEM, notice_ids=[str(notice.pk)], idempotency_key=run.key("sent"))
    return Outcome()


@job(
    "notifications.send_digest",
    title=gettext_lazy("Send the daily e-mail"),
    max_attempts=8,
    time_limit=timedelta(minutes=1),
)
def send_digest(run: Run, *, account_id: int) -> Outcome:
    """All that waits for one person's daily letter and has not been read, nor been told by a letter of today."""
    person = Account.objects.filter(pk=account_id, is_active=True).exclude(email="").first()
    notices = list(for_the_letter().filter(account_id=account_id).order_by("created_at", "pk")) if person else []
    if person is None or not notices:
        return Outcome()
    told = _told_at_once(person, today=local_date(run.at))
    if fresh := [notice for notice in notices if not _is_told(notice, told)]:
        with translation.override(person.language):
            _send(letters.of_a_day(fresh), to=person, reference=run.key("letter"))
    note_sent(actor=SYSTEM, notice_ids=[str(notice.pk) for notice in notices], idempotency_key=run.key("sent"))
    return Outcome(value=len(fresh))


def _told_at_once(person: Account, *, today: date) -> frozenset[str]:
    """The records that letters of today are about, which went at once or are on their way."""
    since = datetime.combine(today, time.min, VIETNAM)
    at_once = Notice.objects.filter(account=person, mail=Mail.NOW, created_at__gte=since)
    return frozenset().union(*map(listing.records, at_once))


def _is_told(notice: Notice, told: frozenset[str]) -> bool:
    about = listing.records(notice)
    return bool(about) and about <= told


def for_the_letter() -> QuerySet[Notice]:
    """What waits for a daily letter; what was read in the page needs none."""
    return Notice.objects.filter(mail=Mail.DIGEST, mailed_at=None, read_at=None)


@use_case("notifications.note_sent", permission=access.by_the_system)
def note_sent(uc: UseCase, *, notice_ids: list[str]) -> int:
    """That the mail server took the letter about these notices."""
    return Notice.objects.filter(pk__in=notice_ids, mailed_at=None).update(mailed_at=uc.at)


def _send(letter: Letter, *, to: Account, reference: str) -> None:
    """Raises BadAddress; whatever the mail server says otherwise, which is tried again.

    reference : the same in every attempt, so that a reader's program shows a letter once that came twice.
    """
    try:
        validate_email(to.email)
    except ValidationError as error:
        raise BadAddress from error
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    EmailMessage(
        # One line each: a header cannot be added through words.
        subject=" ".join(letter.subject.split()),
        body=letter.body,
        to=[to.email],
        headers={
            "Message-ID": f"<{reference.replace(':', '.')}@{host}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    ).send()
