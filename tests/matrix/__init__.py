"""Who gets what at every address: the rows of the permission matrix, one file an area."""

from tests.matrix import (
    accounts,
    administration,
    alarms,
    allauth,
    asking,
    background,
    breaches,
    chat,
    chat_board,
    chat_changing,
    chat_safety,
    consents,
    duty,
    factors,
    heeding,
    helping,
    inbox,
    instruments,
    journal,
    judgements,
    kin,
    mail,
    numbers,
    personal,
    preferences,
    push,
    results,
    roles,
    safety,
    sharing,
    shell,
    sight,
    signin,
    taking,
    tracker,
    training,
    workspace,
)

AREAS = (shell, accounts, factors, signin, roles, training, helping, journal, kin, consents)
AREAS += (sight, personal, allauth, administration, breaches, tracker)
AREAS += (background,)
AREAS += (inbox, instruments, taking, results, sharing, safety)
AREAS += (judgements,)
AREAS += (preferences, mail, push)
AREAS += (heeding,)
AREAS += (alarms,)
AREAS += (workspace,)
AREAS += (duty,)
AREAS += (asking,)
AREAS += (numbers,)
AREAS += (chat_changing,)
AREAS += (chat_safety,)
AREAS += (chat,)
AREAS += (chat_board,)
# address name: (GET, POST); POST without fields, so a form's 200 is the form with its errors
MATRIX = {name: row for area in AREAS for name, row in area.ROWS.items()}
