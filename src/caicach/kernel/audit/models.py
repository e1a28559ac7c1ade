"""The journal's tables. Only journal.py and sealing.py write them, and the database refuses to change what is there.

References between them carry no database constraint: rows are never deleted, each entry is checked by its seal, and
the journal must not cost the work it records more than it has to.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy


class Outcome(models.TextChoices):
    """How a use case ended."""

    DONE = "done", pgettext_lazy("outcome", "Done")
    REFUSED = "refused", pgettext_lazy("outcome", "Refused")
    FAILED = "failed", pgettext_lazy("outcome", "Failed")


class AuthorIdentity(models.Model):
    """Who acted, by name, and from where: shared by all entries with the same answer, and erasable.

    Entries hold its digest, an HMAC: after an erasure the digest stays, and only a holder of the key could try guesses.
    """

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "digest": "internal",
        "account_ref": "internal",
        "name": "personal",
        "on_behalf_of": "personal",
        "address": "personal",
    }

    digest = models.CharField(max_length=64)
    """Not unique: two who write their first entry at one moment do not wait for each other."""
    account_ref = models.BigIntegerField(null=True)
    name = models.CharField(max_length=255, null=True)
    on_behalf_of = models.CharField(max_length=255, null=True)
    """The absent person, when the author acted by delegation."""
    address = models.CharField(max_length=64, null=True)
    """Of the network; all three are null once erased."""

    class Meta:
        indexes = [
            # For the one look-up that each entry makes as it is written.
            models.Index(fields=["digest"], name="audit_authoridentity_digest"),
            # For an erasure.
            models.Index(fields=["account_ref"], name="audit_authoridentity_account"),
        ]

    def __str__(self) -> str:
        return f"account {self.account_ref}"


class Entry(models.Model):
    """One use case that was done, refused or failed: who, in what role and unit, what, when, by which door.

    Holds nothing that names a natural person: the account stands for one.
    """

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "nonce": "internal",
        "at": "internal",
        "use_case": "internal",
        "outcome": "internal",
        "account_ref": "internal",
        "author_digest": "internal",
        "role": "internal",
        "unit_code": "internal",
        "via": "internal",
        "request_id": "internal",
        "note": "internal",
        "mac": "internal",
    }

    nonce = models.CharField(max_length=16)
    """Random: two entries never have the same content, so a copy of an entry can be told."""
    at = models.DateTimeField()
    use_case = models.CharField(max_length=100)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    account_ref = models.BigIntegerField(null=True)
    """Id of the account; null for the system and for people without one."""
    author_digest = models.CharField(max_length=64)
    """Of the AuthorIdentity."""
    role = models.CharField(max_length=100, blank=True)
    unit_code = models.CharField(max_length=100, blank=True)
    via = models.CharField(max_length=20)
    request_id = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    mac = models.CharField(max_length=64)
    """HMAC-SHA-256 of the content under a key that the database does not hold."""

    class Meta:
        indexes = [
            # The operator's filters, newest first.
            models.Index(fields=["at"], name="audit_entry_at"),
            models.Index(fields=["account_ref", "id"], name="audit_entry_account"),
            models.Index(fields=["use_case", "id"], name="audit_entry_use_case"),
        ]

    def __str__(self) -> str:
        return f"{self.use_case} #{self.pk}"


class EntryChange(models.Model):
    """What an entry changed in one record: only the fields that differ. Texts are canonical JSON, as hashed."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "entry": "internal",
        "position": "internal",
        "subject_type": "internal",
        "subject_id": "internal",
        "before": "internal",
        "after": "internal",
        "personal": "internal",
    }

    entry = models.ForeignKey(Entry, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="changes")
    position = models.PositiveIntegerField()
    """From 1, in the order in which the use case noted its changes."""
    subject_type = models.CharField(max_length=100)
    """`app.model`"""
    subject_id = models.CharField(max_length=64)
    before = models.TextField()
    after = models.TextField()
    """JSON object: field -> value; a personal field -> {"sha256": salted hash}."""
    personal = models.TextField(default="[]")
    """JSON list of the names of the personal fields."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="audit_entrychange_one_at_a_position"),
        ]
        indexes = [
            # For the history of one record, newest first.
            models.Index(fields=["subject_type", "subject_id", "-entry"], name="audit_entrychange_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"


class PersonalValue(models.Model):
    """Before and after of one personal field of a change, beside the journal so that the law on erasure can be kept."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "entry": "internal",
        "position": "internal",
        "field": "internal",
        "before": "sensitive",
        "after": "sensitive",
        "salt": "internal",
    }

    entry = models.ForeignKey(Entry, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    position = models.PositiveIntegerField()
    """Of the change."""
    field = models.CharField(max_length=100)
    before = models.TextField(null=True)
    after = models.TextField(null=True)
    """JSON; null when the field was not there, and after an erasure."""
    salt = models.CharField(max_length=32, null=True)
    """Null once erased."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "position", "field"], name="audit_personalvalue_one_per_field"),
        ]

    def __str__(self) -> str:
        return f"{self.field} of change {self.position}"


class UnsealedEntry(models.Model):
    """What waits for the sealer; a trigger adds each new entry and the sealer takes away what it sealed.

    An exact list, in whatever order transactions commit, where "id above the last" would miss the slow ones.
    """

    data_classes: ClassVar[dict[str, str]] = {"entry": "internal"}

    entry = models.OneToOneField(Entry, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+")

    def __str__(self) -> str:
        return f"entry {self.pk}"


class Seal(models.Model):
    """A closed batch of entries: the root of their Merkle tree, chained to the seal before it."""

    data_classes: ClassVar[dict[str, str]] = {
        "sequence": "internal",
        "first_at": "internal",
        "last_at": "internal",
        "count": "internal",
        "merkle_root": "internal",
        "previous": "internal",
        "chain_hash": "internal",
        "at": "internal",
        "signature": "internal",
    }

    sequence = models.BigIntegerField(primary_key=True)
    """From 1, without gaps."""
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    """Earliest and latest moment among the entries."""
    count = models.PositiveIntegerField()
    merkle_root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    chain_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    signature = models.CharField(max_length=128)
    """Ed25519 over the head (sequence, chain_hash, count, at), hex."""

    def __str__(self) -> str:
        return f"seal {self.sequence}"


class SealedEntry(models.Model):
    """Which entry stands at which place of which seal."""

    data_classes: ClassVar[dict[str, str]] = {
        "entry": "internal",
        "seal": "internal",
        "position": "internal",
        "leaf": "internal",
    }

    entry = models.OneToOneField(Entry, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+")
    seal = models.ForeignKey(Seal, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="entries")
    position = models.PositiveIntegerField()
    """From 0, by rising number of the entry."""
    leaf = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seal", "position"], name="audit_sealedentry_one_at_a_position"),
        ]

    def __str__(self) -> str:
        return f"entry {self.entry_id} in seal {self.seal_id}"
