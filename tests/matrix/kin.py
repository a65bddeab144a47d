"""Legal representatives and supporters; the cast's supporter sees moods and may do nothing else."""

from tests.matrix.words import ON, OWN_FORM, OWN_PAGE, OWN_READ_ONLY, signed_in, who

NO_SUCH_LINK = who(404), who(404)
ALL_ARE_ADULTS = signed_in(ON), signed_in(ON)
NOT_ALLOWED = signed_in(404), signed_in(404)

ROWS = {
    "guardian_wait": ALL_ARE_ADULTS,
    "guardian_link": ALL_ARE_ADULTS,
    "own_consent": ALL_ARE_ADULTS,
    "guardian": NO_SUCH_LINK,
    "guardian_refuse": NO_SUCH_LINK,
    "guardian_withdraw": NO_SUCH_LINK,
    "supporters": OWN_PAGE,
    "invite_supporter": OWN_FORM,
    "change_supporter": (signed_in(404, owner=200), signed_in(404, owner=200)),
    "end_supporter": (signed_in(404, owner=200), signed_in(404, owner=ON)),
    "support_invitation": NOT_ALLOWED,
    "decline_invitation": NOT_ALLOWED,
    "supported_people": OWN_PAGE,
    "supported_person": (signed_in(404, supporter=200), OWN_READ_ONLY),
    "leave_supported": (signed_in(404, supporter=200), signed_in(404, supporter=ON)),
    "supported_display": NOT_ALLOWED,
    "supported_moods": (signed_in(404, supporter=200), OWN_READ_ONLY),
    "supported_record": NOT_ALLOWED,
}
