"""Solving a proof-of-work as a browser does."""

import altcha

from accounts.signin import proof


def solved(challenge: dict | None = None) -> str:
    """Return the solution of a challenge, a new one if none is given, as the field of a form sends it."""
    given = altcha.Challenge.from_dict(challenge or proof.challenge())
    return altcha.Payload(given, altcha.solve_challenge(given)).to_base64()
