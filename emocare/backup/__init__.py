"""Copies of everything, encrypted for a key that the server does not have: making, keeping, checking, restoring.

A copy is one file: `age` around a `tar`, so that it can be opened without Emocare too. `docs/operations.md` tells an
operator what to do, `docs/decisions/0019-backup.md` why it is so.
"""
