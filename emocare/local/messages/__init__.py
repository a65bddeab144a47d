"""Extract, update and compile the translation catalogues without the gettext programs."""

from emocare.local.messages.catalogues import compile_all

__all__ = ["compile_all"]
