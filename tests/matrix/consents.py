"""What somebody agreed to, and what is shown to a psychologist; the owner shows her moods to the assigned one."""

from accounts.choices import Purpose
from accounts.consents import services
from accounts.models import Assignment, ConsentText, User
from tests.matrix.words import ON, OWN_PAGE, OWN_READ_ONLY, signed_in

OWNERS = signed_in(404, owner=200)

ROWS = {
    "consent_again": (signed_in(ON), signed_in(ON)),
    "my_consents": OWN_PAGE,
    "consent_text": (OWNERS, OWN_READ_ONLY),
    "share_moods": (OWNERS, signed_in(404, owner=ON)),
    "stop_sharing": (OWN_READ_ONLY, signed_in(404, owner=ON)),
    "withdraw_consent": (signed_in(200), signed_in(ON)),
    "person_moods": (signed_in(404, assigned_psychologist=200), OWN_READ_ONLY),
}


def name_all(public_id, owner: User) -> Assignment:
    """Let the owner show her moods to her psychologist, give the text the addresses' id; return what they have."""
    between = Assignment.objects.get(user=owner, role="psychologist")
    services.share(assignment=between, purposes={Purpose.SHARE_MOODS}, language="kk")
    ConsentText.objects.filter(purpose=Purpose.SHARE_MOODS).update(public_id=public_id)
    return between
