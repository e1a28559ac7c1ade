"""The one way in: actor, errors, transaction, journal, events.

Rooms import from `core` (`use_case`, `UseCase`), `actor`, `errors` and `context`.
"""
