"""The programme over HTTP: the same queries and use cases as the pages."""

from ninja import Router

from . import amending, drafting, following, importing, reading

router = Router(tags=["programme"])
for part in (reading, importing, drafting, amending, following):
    router.add_router("", part.router)

__all__ = ["router"]
