"""Static files in production: each under a name with its hash, kept by browsers for ever, compressed once."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Modules import each other by their hashed names too; else an upgrade would mix new scripts with kept old ones."""

    support_js_module_import_aggregation = True
