"""Who gets what at every address: the rows of the permission matrix, one file an area."""

from tests.matrix import (
    accounts,
    administration,
    allauth,
    breaches,
    consents,
    factors,
    helping,
    instruments,
    journal,
    kin,
    personal,
    results,
    roles,
    safety,
    sharing,
    shell,
    signin,
    taking,
    tracker,
    training,
)

AREAS = (shell, accounts, factors, signin, roles, training, helping, journal, kin, consents)
AREAS += (personal, allauth, administration, breaches, tracker)
AREAS += (instruments, taking, results, sharing, safety)
# address name: (GET, POST); POST without fields, so a form's 200 is the form with its errors
MATRIX = {name: row for area in AREAS for name, row in area.ROWS.items()}
