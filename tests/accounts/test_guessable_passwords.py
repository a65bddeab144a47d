"""Passwords that everybody would try first on this site."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.passwords import GuessableWordsValidator
from tests.support.html import errors

check = GuessableWordsValidator().validate


@pytest.mark.parametrize(
    "password",
    [
        "emocare2026!",
        "EMOCARE-emocare",
        "Эмокэр12345",
        "almaty2024astana",
        "Қазақстан1991",
        "психолог_2026",
        "emocareadmin",
        "12emocare34",
    ],
)
def test_little_more_than_a_guessable_word_is_refused(password):
    with pytest.raises(ValidationError):
        check(password)


@pytest.mark.parametrize(
    "password", ["emocare-is-where-birds-nest", "көктемгі-жаңбыр", "a-long-enough-pass-phrase", "my-cat-from-almaty"]
)
def test_a_phrase_with_such_a_word_in_it_is_fine(password):
    check(password)


@pytest.mark.django_db
def test_sign_up_says_it_beside_the_field():
    answers = {"nickname": "Дала", "password": "emocare-2026", "age": "adult", "consent": "on"}
    assert errors(Client().post("/kk/account/sign-up/anonymous/", answers), "password")
