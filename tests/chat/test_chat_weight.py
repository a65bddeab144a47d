"""What the page of a conversation costs on a first visit, in bytes on the wire."""

import pytest

from tests.emocare.test_weight import check, first_visit
from tests.support.chat import conversation_of

SCRIPTS = 30 * 1024


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_first_visit_of_a_conversation_is_light(as_person, owner, assigned_volunteer, language):
    conversation = conversation_of(owner, assigned_volunteer)
    sizes = first_visit(as_person(owner), f"/{language}/chat/{conversation.public_id}/")
    assert any("chat-send" in name for name in sizes)
    assert sum(size for name, size in sizes.items() if name.endswith(".js")) < SCRIPTS
    check(sizes)
