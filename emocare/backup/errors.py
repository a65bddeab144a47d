"""What keeps a copy from being made or restored, in words for the person at the terminal."""


class BackupError(Exception):
    """Say what is the matter and what to do about it; never holds what a person wrote."""
