"""Styles and scripts under names that carry their content, and compressed, once `wellserved serve` has written them."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Name each file by its content where it has been written so, and plainly where it has not."""

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """Return the name a page asks for."""
        names: dict[str, Any] = self.hashed_files
        return str(names.get(self.hash_key(self.clean_name(name)), name))
