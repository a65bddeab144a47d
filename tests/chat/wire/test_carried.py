"""Open pages get what a message carries, in the order of the numbers, and hear when it goes."""

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from chat.changing import services as changing
from chat.models import Attachment, Message
from tests.support import carried
from tests.support.sockets import play
from tests.support.talking import seats_of

pytestmark = pytest.mark.django_db(transaction=True)
CALL = "+7 701 234 56 78"


def test_a_picture_from_the_form_comes_to_all_open_pages_in_its_place(owner, assigned_volunteer, open_page, as_person):
    seat = seats_of(owner, assigned_volunteer)[0]

    def send(client: Client) -> None:
        carried.send(client, seat, carried.picture(), description=f"Мысық, {CALL}")

    async def scene():
        page, theirs = [await open_page(person) for person in (owner, assigned_volunteer)]
        await theirs.send("Сәлем")
        await sync_to_async(send)(await sync_to_async(as_person)(owner))
        await theirs.send("Әдемі екен")
        heard = [[await one.told() for _frame in range(3)] for one in (page, theirs)]
        assert [[frame["number"] for frame in frames] for frames in heard] == [[1, 2, 3]] * 2
        mine, came = [frames[1] for frames in heard]
        found = await Attachment.objects.aget()
        shown = {"kind": "picture", "address": f"attachments/{found.public_id}/", "width": 80, "height": 60}
        assert shown.items() <= mine["attachment"].items()
        assert mine["attachment"]["description"].endswith(CALL)
        assert (mine["type"], mine["text"], mine["hidden"], came["hidden"]) == ("message", "", True, False)
        assert CALL not in str(came)
        await page.ask("since", number=1)
        again = (await page.told())["messages"][0]
        assert again["attachment"] == mine["attachment"]
        await sync_to_async(changing.delete)(seat, 2)
        changed = await theirs.told()
        assert (changed["type"], changed["deleted"], "attachment" in changed) == ("changed", True, False)
        for one in (page, theirs):
            await one.leave()

    play(scene)
    assert Message.objects.count() == 3
