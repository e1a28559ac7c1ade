"""What the shells show around a page, computed when a template asks for it, so that a fragment costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from caicach.kernel.calendar import clock
from caicach.kernel.notifications.queries import SeenNotice, unread_count, urgent
from caicach.kernel.usecase.actor import ANONYMOUS, Actor

from . import navigation, toasts
from .navigation import Place, Section

SEARCH_URL_NAME = "search:find"
NOTICES_URL_NAME = "notifications:list"
HELP_URL_NAME = "operation:help"
THEMES = ("auto", "light", "dark")

_demonstration: Callable[[], bool] | None = None


def ask_for_demonstration_with(present: Callable[[], bool]) -> None:
    """Whether sample data are loaded; given once at start. The answer must be cheap: every page asks."""
    global _demonstration
    _demonstration = present


class Shell:
    """The frame of one page for one person."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.actor: Actor = getattr(request, "actor", ANONYMOUS)

    # --- the person ---

    @cached_property
    def name(self) -> str:
        return self.actor.name

    @cached_property
    def initials(self) -> str:
        """The last two words' first letters: "Nguyễn Thị Bình" gives "TB"."""
        return "".join(word[0] for word in self.name.split()[-2:]).upper()

    @cached_property
    def unit(self) -> str:
        held = self.actor.main_role
        return held.unit_name if held else ""

    @cached_property
    def stands_in_for(self) -> str:
        """The absent people whose roles the person has today; "" for nobody."""
        return ", ".join(dict.fromkeys(held.on_behalf_of for held in self.actor.roles if held.on_behalf_of))

    @cached_property
    def theme(self) -> str:
        chosen = getattr(getattr(self._request, "user", None), "theme", "") or "auto"
        return chosen if chosen in THEMES else "auto"

    @cached_property
    def themes(self) -> list[tuple[str, str]]:
        return [("auto", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))]

    @cached_property
    def single_keys(self) -> bool:
        return bool(getattr(getattr(self._request, "user", None), "single_keys", True))

    @cached_property
    def languages(self) -> list[tuple[str, str]]:
        """Each named in its own tongue, so that a person finds back."""
        return [("vi", "Tiếng Việt"), ("en", "English")]

    @cached_property
    def language(self) -> str:
        return (get_language() or "vi").split("-")[0]

    @cached_property
    def rail_folded(self) -> bool:
        return self._request.COOKIES.get("rail") == "folded"

    # --- the house ---

    @cached_property
    def organisation(self) -> str:
        return settings.ORGANISATION_NAME

    @cached_property
    def help_contact(self) -> str:
        return settings.HELP_CONTACT

    @cached_property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def now(self) -> datetime:
        """For the line "printed by, at"."""
        return clock.now()

    @cached_property
    def is_trial(self) -> bool:
        return bool(settings.LOCAL)

    @cached_property
    def demonstration(self) -> bool:
        return _demonstration() if _demonstration else False

    @cached_property
    def demonstration_day(self) -> date | None:
        """The day of the shifted clock; None where the clock is the true one."""
        return clock.today() if clock.demo_offset() else None

    @cached_property
    def idle_seconds(self) -> int:
        """After how long without a request the session ends; 0 for someone not signed in."""
        return settings.SESSION_IDLE_SECONDS if self.actor.is_signed_in else 0

    # --- places ---

    @cached_property
    def rail(self) -> list[tuple[str, list[Place]]]:
        """(heading, places) for each section with something in it."""
        headings = {Section.WORK: "", Section.LOOK_UP: _("Look up"), Section.OPERATE: _("Running the system")}
        sections = [(headings[section], self._places(section)) for section in navigation.RAIL]
        return [(heading, places) for heading, places in sections if places]

    @cached_property
    def first_place(self) -> Place | None:
        return next((place for _heading, places in self.rail for place in places), None)

    @cached_property
    def dashboard(self) -> list[Place]:
        return self._places(Section.DASHBOARD)

    @cached_property
    def public(self) -> list[Place]:
        return self._places(Section.PUBLIC)

    def _places(self, section: Section) -> list[Place]:
        return navigation.places(
            actor=self.actor,
            section=section,
            path=self._request.path,
            current=getattr(self._request, "nav", ""),
        )

    @cached_property
    def search_url(self) -> str:
        return navigation.address(SEARCH_URL_NAME) if self.actor.is_signed_in else ""

    @cached_property
    def notices_url(self) -> str:
        return navigation.address(NOTICES_URL_NAME) if self.actor.is_signed_in else ""

    @cached_property
    def help_url(self) -> str:
        return navigation.address(HELP_URL_NAME)

    @cached_property
    def notices(self) -> int:
        return unread_count(self.actor)

    @cached_property
    def urgent(self) -> list[SeenNotice]:
        """Those that stand above the page until they are read."""
        return urgent(actor=self.actor) if self.notices else []

    @cached_property
    def notices_shown(self) -> str:
        return str(self.notices) if self.notices < 100 else "99+"

    # --- words that scripts say ---

    @cached_property
    def toasts(self) -> list[dict[str, Any]]:
        """What earlier requests left to say; asking empties the store."""
        return toasts.drain(self._request)

    @cached_property
    def words(self) -> dict[str, str]:
        """Sentences for the page's scripts; they hold none of their own."""
        return {
            "saved": _("Saved at {time}"),
            "savedDraft": _("Draft saved at {time}"),
            "saving": _("Saving"),
            "changedMeanwhile": _("Someone else changed this too. Save it yourself to see what; nothing is lost."),
            "refused": _("Not saved. Save it yourself to see why; what you typed is still here."),
            "notSaved": _("Not saved yet. What you typed is still here; it will be sent again by itself."),
            "makingFile": _("The file is being made"),
            "fileMade": _("{name} is ready"),
            "pickOne": _("Choose one from the list: type a few letters of it."),
            "unsent": _("Not sent yet. It is kept in this tab and sent by itself when the connection is back."),
            "unsentRefused": _("It was not taken. Open it to see why; what you wrote is still there."),
            "unsentRefusedHere": _("It was not taken. Send it yourself to see why; what you wrote is still here."),
            "unsentSignedOut": _("You are signed out. It is kept in this tab and sent by itself once you sign in."),
            "unsentMore": _(
                "What you sent first has arrived. What you wrote since is kept here; send it yourself to add it."
            ),
            "unsentTaken": _("Sent now: {title}"),
            "unsentOpen": _("Open it"),
            "unsentDrop": _("Drop what I wrote"),
            "signedOut": _("You are signed out. Sign in in another tab, then go on: what you typed is still here."),
            "lineLost": _("The connection is lost. What you typed is still here."),
            "lineBack": _("The connection is back."),
            "close": _("Close"),
            "undo": _("Undo"),
            "go": _("Go to"),
            "do": _("Do"),
            "find": _("Find"),
            "searchFor": _("Search for “{words}”"),
            "results": _("{count} lines"),
            "noResults": _("Nothing found. Accents are not needed; try fewer words."),
            "sending": _("Sending {name}: {percent} %, {sent} of {size}"),
            "sent": _("Sent {name}."),
            "stopped": _("Stopped {name}. The other files are kept."),
            "sendFailed": _("{name} did not arrive. Try again; the other files are kept."),
            "tooBig": _("{name} is too big: {size}, the most is {most}."),
            "stop": _("Stop"),
            "again": _("Try again"),
            "remove": _("Remove"),
            "copied": _("The link has been copied."),
            "show": _("Show"),
            "hide": _("Hide"),
            "errorTitle": _("Error:"),
            "notDone": _("Not done:"),
            "chooseFile": _("Choose a file"),
            "chooseFiles": _("Choose files"),
            "noFile": _("No file chosen"),
            "fieldMissing": _("Fill this in."),
            "fieldChoose": _("Choose one."),
            "fieldNumber": _("Write a whole number in digits."),
            "fieldRange": _("Write a number from {min} to {max}."),
            "fieldAtMost": _("Write a number up to {max}."),
            "fieldAtLeast": _("Write a number from {min} on."),
            "fieldTooLong": _("At most {count} letters fit in here."),
            "fieldTooShort": _("Write at least {count} letters."),
            "fieldMail": _("Write a whole address, for example ten@bonoivu.gov.vn."),
            "fieldWrong": _("This cannot be read. Write it as the example says."),
        }
