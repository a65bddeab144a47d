"""Two conversations of the demonstration user: with the volunteer in Kazakh, with the psychologist in Russian."""

import uuid
from datetime import timedelta

from django.utils import timezone

from accounts.demo import DOMAIN
from accounts.models import Assignment
from chat.access import Seat
from chat.choices import Reacted
from chat.conversations.services import of_assignment
from chat.models import Conversation, Message, Reaction, Side
from chat.writing.services import write

# Who wrote (the person or not), how many minutes ago, what.
VOLUNTEER = [
    (True, 2900, "Сәлеметсіз бе, Сәуле апай. Жазуға қысылып жүр едім."),
    (False, 2890, "Сәлем, Айгерім! Жазғаныңызға қуаныштымын. Асықпаңыз, мен осындамын."),
    (True, 2880, "Рақмет. Соңғы күндері түнде ұйқым келмейді.\nЕртең емтихан, соны ойлай беремін."),
    (False, 2870, "Түсінемін, емтихан алдында көп адам сондай болады. Түнде не істеп көрдіңіз?"),
    (True, 2860, "Телефон қарап жата беремін. Одан сайын ұйқым қашады."),
    (False, 2850, "Бүгін телефонды басқа бөлмеге қойып көресіз бе? Терең тыныс алу жаттығуы да көмектеседі."),
    (True, 2840, "Жарайды, көріп көрейін."),
    (False, 1500, "Қайырлы таң! Түн қалай өтті?"),
    (True, 1440, "Жақсырақ. Он екіде ұйықтап кеттім 🙂"),
    (False, 1430, "Керемет! Емтиханда сәттілік тілеймін."),
    (True, 200, "Емтиханды тапсырдым! Қолдағаныңызға көп рақмет."),
    (False, 30, "Сізбен мақтанамын. Бүгін өзіңізге жағымды бірдеңе істеңіз."),
]
PSYCHOLOGIST = [
    (False, 4300, "Здравствуйте, Айгерим. Вы можете писать мне сюда между нашими встречами."),
    (True, 4200, "Здравствуйте! Спасибо. Можно писать по-русски или по-казахски?"),
    (False, 4190, "Как вам удобнее, я читаю на обоих языках."),
]


def load() -> None:
    """Let them have written to each other, once; the newest words of the volunteer are not read yet."""
    if Conversation.objects.filter(owner__email=f"user@{DOMAIN}").exists():
        return
    _talk("volunteer", VOLUNTEER)
    _talk("psychologist", PSYCHOLOGIST)
    thanked = Message.objects.get(number=10, conversation__helper__email=f"volunteer@{DOMAIN}")
    Reaction.objects.create(message=thanked, person=thanked.conversation.owner, what=Reacted.THANKS)
    Side.objects.filter(conversation=thanked.conversation, person=thanked.conversation.owner).update(read=11)


def _talk(helper: str, said: list[tuple[bool, int, str]]) -> None:
    emails = {"user__email": f"user@{DOMAIN}", "helper__email": f"{helper}@{DOMAIN}"}
    conversation = of_assignment(Assignment.objects.get(**emails))
    now = timezone.now()
    for by_person, minutes, text in said:
        person = conversation.owner if by_person else conversation.helper
        number = write(Seat(conversation, person, can_write=True), text, client_id=uuid.uuid4()).number
        at = now - timedelta(minutes=minutes)
        Message.objects.filter(conversation=conversation, number=number).update(written_at=at)
    Conversation.objects.filter(pk=conversation.pk).update(written_at=at)
    Side.objects.filter(conversation=conversation).update(delivered=len(said), read=len(said))
