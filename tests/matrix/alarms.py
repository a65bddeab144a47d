"""The alarm of those who can be called to somebody who needs help."""

from tests.matrix.words import OWN_READ_ONLY, signed_in

CALLED = signed_in(403, unrelated_psychologist=200, assigned_psychologist=200, verified_admin=200)

ROWS = {"urgent_alarm": (CALLED, OWN_READ_ONLY)}
