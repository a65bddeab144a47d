"""What is masked between a volunteer and a person, what never is, and that no text breaks it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Assignment, User
from chat.access import Seat
from chat.choices import Wish
from chat.conversations.services import of_assignment
from chat.masking.access import is_hidden_from_other, shown_text
from chat.masking.words import BEGUN, masked, masked_draft, spans
from chat.models import Message

# What is masked stands between ‹ and ›; a text without them stays as it is.
CASES = """
Менің нөмірім ‹+7 701 123 45 67›, кешке хабарласыңыз
позвони мне ‹8 701 123-45-67› вечером
‹87011234567›
мой ватсап: ‹8(701)123-45-67›
8.30-да ‹8.701.123.45.67› нөміріне
my phone is ‹+7 (701) 123-45-67›, call me
‹7011234567› менікі
‹701 123 45 67›
пиши на ‹8 7 0 1 1 2 3 4 5 6 7›
‹8️⃣7️⃣0️⃣1️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣›
‹8​701​123​45​67›
‹+7 727 250 14 30› үйдікі
домашний ‹250-14-30›
городской ‹8 7172 54-76-09›, Астана
звоните ‹25-14-30›
телефон ‹251430›
менің ұялым ‹1234567›
‹+996 555 123 456› Бішкектен
‹+44 20 7946 0958›
‹+998901234567›
или ‹8 701 123 45 67› или ‹8 702 765 43 21›
‹8 701 123 45 67› ‹8 702 765 43 21›
‹8_701_123_45_67›
карта ‹4400 4302 1234 5679›… қате болса 4400 4302 1234 5678
Kaspi ‹5169497112345677›
переведи на ‹4111-1111-1111-1111›
my card ‹3782 822463 10005›
ЖСН ‹900101300017›
мой ИИН ‹900101 300017›
почта ‹aigul.k+1@mail.kz›
жазыңыз: ‹айгүл@пошта.қаз›
write to ‹bota_99@gmail.com›.
aigul тчк: ‹aigul(at)mail.ru›
моя почта ‹aigul собака mail.ru›
телеграм ‹https://t.me/aigul_k›
‹t.me/aigulk›
‹wa.me/77011234567› жаз
мен ‹@aigul_k› деген
insta ‹instagram.com/aigul.k›
‹телеграм: aigul_99›, пиши туда
‹Instagram - dana.kz› табасың
живу ‹ул. Абая 12 кв 5›, приходи
‹ул.Абая, д. 12, кв. 5›
я на ‹улице Абая, дом 12›
‹проспект Назарбаева 223, кв 14›
‹пр-т Достык 85›
‹мкр Самал-2, дом 33, кв 5›
‹5 мкр, дом 12›
‹микрорайон Аксай-4, дом 7›
‹дом 12, кв 5›
‹Абая 12, кв 5›
‹Абай көшесі 12, 5-пәтер›
Мен ‹Қабанбай батыр көшесі, 53-үй, 8-пәтер› мекенжайында тұрамын
‹Абай даңғылы 150›
‹Самал шағын ауданы 12›
‹12-үй, 5-пәтер›
I live at ‹12 Abay Street, apt 5›
‹Abay St. 12›, near the park
‹Dostyk Avenue 85, flat 7›
112, 103, 102, 111, 150 нөмірлеріне қоңырау шалуға болады
звони 112 или 103
звоните 112 103 102
150 доверие, WhatsApp +7 708 106 08 10
Astana: +7 7172 54-76-03
call 1303 or 1414
встретимся 23.11.2026 в 14:30
8.11.2026 10.30-11.30
2026-11-23 14:30
23-11-26 күні
кездесу 10.30-11.30 аралығында
сплю с 23.00-06.30
1 500 000 тг керек
зарплата 87 011 234 567 тенге за всю жизнь
аренда 250 000 ₸, долг 12 345 678 теңге
2019-2023 жылдары
в 2019 2020 2021 2022 было тяжело
считаю 8 9 10 11 12 13 и дышу
1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16
12 11 10 9 8 7 6 5 4 3 2 1
давление 120/80, пульс 70
мне 17 лет, брату 12
на улице 12 градусов
на улице Абая 12 человек ждали
Абай көшесінде 12 адам болды
на улице холодно, 12 дней дождь
There were 12 people on the street
квартира 45 кв м
комната 12 кв. м
дом 12 лет стоит
заказ 123456
код 900101300018
чек 4400430212345678
результат 27 из 27, 9-вопрос 0
7 500 000 000 адам бар
кафеде @ белгісі
5@ дегенім не
моя собака Рекс. ру
Instagram makes me sad
Instagram - это тяжело
ВК: там меня травят
см. https://emocare.kz/kk/tests/phq9/
и/или, да/нет, 24/7
WHO-5: 40, PHQ-9: 12, GAD-7: 8
3.14159265
1/2 таблетки 2 раза в день, 50 мг
""".strip().splitlines()
LETTERS = st.text(st.characters(categories=["L", "P", "Zs"], exclude_characters="@_/+()-.–—*‐‑‒‹›"), max_size=40)


@pytest.mark.parametrize("case", CASES)
def test_what_leads_to_a_person_is_masked_and_nothing_else(case):
    text = case.replace("‹", "").replace("›", "")
    assert [text[span.start : span.end] for span in spans(text)] == re.findall("‹(.+?)›", case)


@given(LETTERS, st.sampled_from([case for case in CASES if case.startswith("‹8")]), LETTERS)
def test_a_number_is_found_between_any_words(before, case, after):
    number = re.findall("‹(.+?)›", case)[0]
    assert number not in masked(f"{before} {number} {after}")


@given(st.text(max_size=300) | st.text("8 70@.-абул/кв", max_size=300))
def test_any_text_is_masked_once_and_for_all(text):
    once = masked(text)
    assert masked(once) == once
    assert once == text or "•••" in once


@pytest.mark.parametrize("between", ["", " ", "_", "/", "*", "—", "\u00a0", "\u200b", "\ufe0f\u20e3", "    "])
def test_of_a_number_that_is_being_written_no_more_than_three_digits_are_seen(between):
    number = between.join("87011234567")
    shown = [masked_draft(number[:end]) for end in range(len(number) + 1)]
    assert max(sum(mark.isdigit() for mark in text) for text in shown) == 3


@pytest.mark.parametrize("text", ["мен a@", "a@b.kz", "8 701 2@b.kz", "@anna", "анна собака b.k"])
def test_of_an_address_that_is_being_written_nothing_is_seen_from_its_sign_on(text):
    assert not set(masked_draft(text)) & set("@b.kz12")


@pytest.mark.parametrize(
    ("part", "shown"), [("а", "а" * 500_000), ("a.", "a." * 500_000), ("a@", "•••"), ("1_", "•••_")]
)
def test_the_time_for_a_draft_is_in_proportion_to_its_length(part, shown):
    """What looks back from each letter would need an hour for half a million of them."""
    assert BEGUN.sub("•••", part * 500_000) == shown


@pytest.mark.django_db
def test_who_sees_what(owner: User, assigned_volunteer: User, assigned_psychologist: User):
    text = "8 701 123 45 67"
    for helper, masks in ((assigned_volunteer, True), (assigned_psychologist, False)):
        conversation = of_assignment(Assignment.objects.get(user=owner, helper=helper))
        seats = [Seat(conversation, person, can_write=True) for person in (owner, helper)]
        for by_owner, (writer, reader) in ((True, seats), (False, seats[::-1])):
            message = Message(by_owner=by_owner, text=text)
            assert shown_text(message, writer, set()) == text
            assert (shown_text(message, reader, set()) == text) is not masks
            assert is_hidden_from_other(message, writer, set()) is masks
            assert not is_hidden_from_other(message, reader, set())
            assert shown_text(message, reader, {Wish.CONTACTS}) == text
            assert not is_hidden_from_other(message, writer, {Wish.CONTACTS})
