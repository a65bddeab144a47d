from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.choices import Role
from accounts.models import Application, User
from accounts.roles import documents, services
from accounts.roles.choices import REQUIRED
from tests.support.training import certified

ANSWERS = {
    "legal_name": "Сәуле Қайратқызы",
    "about": "Мектепте он жыл жұмыс істедім.",
    "motive": "Адамдарды тыңдағым келеді.",
    "adult": "on",
}
NUMBER = "ЖБ-Б 1234567"
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <<>>\n%%EOF\n"


def pdf(name: str = "diploma.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


@pytest.fixture
def draft() -> Callable[..., Application]:
    """Return a maker of applications with all documents that are asked for, not sent yet."""

    def make(person: User, role: Role = Role.PSYCHOLOGIST) -> Application:
        answers = ANSWERS | ({"number": NUMBER} if role == Role.PSYCHOLOGIST else {})
        application = services.save_draft(user=person, role=role, answers=answers)
        for kind in REQUIRED[role]:
            checked = documents.clean(pdf())
            services.add_document(application=application, kind=kind, name="a.pdf", checked=checked)
        return application

    return make


@pytest.fixture
def sent(draft) -> Callable[..., Application]:
    """Return a maker of applications that wait for an administrator."""

    def make(person: User, role: Role = Role.PSYCHOLOGIST) -> Application:
        if role == Role.VOLUNTEER:
            certified(person)
        return services.send(application=draft(person, role), language="kk")

    return make


@pytest.fixture
def office(admin, as_person) -> Client:
    """A browser in which the administrator gave the second factor."""
    client = as_person(admin)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.create(user=admin, name="telephone").persistent_id
    session.save()
    return client
