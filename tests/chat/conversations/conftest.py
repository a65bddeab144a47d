import pytest

from accounts.models import Assignment
from chat.conversations.services import of_assignment
from chat.models import Conversation


@pytest.fixture
def assignment(owner, assigned_volunteer) -> Assignment:
    return Assignment.objects.get(user=owner, helper=assigned_volunteer)


@pytest.fixture
def conversation(assignment) -> Conversation:
    return of_assignment(assignment)


@pytest.fixture
def place(conversation) -> str:
    return f"/kk/chat/{conversation.public_id}/"
