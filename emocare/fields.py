"""Model fields shared by the apps."""

from typing import Any

from django.db import models

from emocare import crypto


class Sealed(bytes):
    """A ciphertext as it stands in the database."""


class _Unseal:
    """Decrypt on the first access, so that lists which do not show the text do not pay for it."""

    def __init__(self, field: "EncryptedTextField"):
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, Sealed):
            value = instance.__dict__[name] = crypto.decrypt(value, self.field.binding(instance))
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.BinaryField):
    """Text that the database holds only encrypted, bound to its column and to the `public_id` of its row.

    The empty string is stored as zero bytes: that nothing was written is no secret. It cannot be filtered, ordered or
    updated through a queryset; save the instance.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("editable", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Unseal(self))

    def binding(self, instance: models.Model) -> str:
        return f"{instance._meta.db_table}.{self.column}:{instance.public_id}"

    def get_default(self) -> str:
        return ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return Sealed(value) if value else ""

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        """Encrypt for this row with the newest key; a text that was never read is opened first, so none is lost."""
        value = getattr(model_instance, self.attname)
        return crypto.encrypt(value, self.binding(model_instance)) if value else b""

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        if hasattr(value, "resolve_expression"):
            raise TypeError(f"{self.name} is encrypted: the database cannot compute it")
        return super().get_placeholder(value, compiler, connection)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            raise TypeError(f"{self.name} is encrypted: save the instance instead of filtering or updating by text")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in {"isnull"}:
            return None
        return super().get_lookup(lookup_name)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is encrypted: a dump would show it; back the database up with pg_dump")
