"""Django's user beside ours, both or neither.

Django keeps what Django needs (its admin, its sessions, its foreign keys); the library keeps the person. Django's database
driver does not lend its transaction to anybody, so the two are tied together by a command identifier:

1. in Django's transaction: the row, and the command that it needs, under a fresh identifier;
2. after its commit: the command, under that identifier. Carried out, the row is marked; refused, the row goes;
3. after a crash, at the next start: whatever is still open is sent again. Sent twice, it is carried out once.

Until the mark is there, nobody sees the row: there is never one without the other.

    pip install iam-embedded django
    python shop.py
"""

from __future__ import annotations

import os
import sys
import tempfile
from typing import Any

import django
from django.conf import settings

FOLDER = os.environ.get("SHOP_FOLDER") or tempfile.mkdtemp()
settings.configure(
    SECRET_KEY="for the example only",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(FOLDER, "shop.sqlite3")}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402

import iam  # noqa: E402


class Customer(models.Model):
    """A customer of the shop: Django's user, the person in the library, and the command that ties them together."""

    user = models.OneToOneField(User, on_delete=models.CASCADE)
    person = models.CharField(max_length=40, unique=True, null=True)
    command_id = models.CharField(max_length=40, unique=True)
    attributes = models.JSONField()

    class Meta:
        app_label = "shop"


class Refused(Exception):
    """The person cannot be created; there is no row either."""


def register(acme: iam.Acting, user_name: str, crash: str = "", **attributes: Any) -> Customer:
    """Creates a customer: Django's user and the person, both or neither."""
    command_id = acme.new_command_id()
    attributes = {"user_name": user_name, **attributes}
    with transaction.atomic():
        user = User.objects.create(username=user_name, is_active=False)
        customer = Customer.objects.create(user=user, command_id=command_id, attributes=attributes)
    if crash == "before the command":
        raise KeyboardInterrupt
    return settle(acme, customer, crash)


def settle(acme: iam.Acting, customer: Customer, crash: str = "") -> Customer:
    """Carries the command out, once, and marks the row or takes it away."""
    try:
        done = acme.with_command_id(customer.command_id).users.create(attributes=customer.attributes)
    except (iam.InvalidError, iam.RefusedError, iam.DeniedError) as error:
        with transaction.atomic():
            customer.delete()
            customer.user.delete()
        raise Refused(error.code) from error
    if crash == "after the command":
        raise KeyboardInterrupt
    with transaction.atomic():
        customer.person = done.id
        customer.save()
        User.objects.filter(pk=customer.user.pk).update(is_active=True)
    return customer


def recover(acme: iam.Acting) -> int:
    """What a crash left open is finished. Call it when the program starts."""
    left = list(Customer.objects.filter(person=None))
    for customer in left:
        try:
            settle(acme, customer)
        except Refused:
            pass
    return len(left)


def state(acme: iam.Acting) -> str:
    """How many there are on either side, and whether they are the same."""
    ours = {user["user_name"] for user in acme.users.all()}
    theirs = set(User.objects.filter(is_active=True).values_list("username", flat=True))
    return f"{len(theirs)} of Django's, {len(ours)} of ours, {'the same' if ours == theirs else 'not the same'}"


def main() -> None:
    """The story."""
    tables = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for model in (django.contrib.contenttypes.models.ContentType, django.contrib.auth.models.Permission,
                      django.contrib.auth.models.Group, User, Customer):
            if model._meta.db_table not in tables:
                editor.create_model(model)
    with iam.open(os.path.join(FOLDER, "people.db")) as db:
        acme = db.realm("shop").act_as("host:shop")
        customer = register(acme, "alice", email="alice@example.com")
        print(f"alice: {acme.users.get(customer.person or '')['email']}; {state(acme)}")
        try:
            register(acme, "bob", email="nowhere")
        except Refused as refused:
            print(f"bob: {refused}; {state(acme)}")
        for name, crash in (("carol", "before the command"), ("dave", "after the command")):
            try:
                register(acme, name, crash)
            except KeyboardInterrupt:
                print(f"{name}: crashed {crash}; {state(acme)}")
            print(f"{name}: {recover(acme)} recovered; {state(acme)}")
        print(f"again: {recover(acme)} recovered; {state(acme)}")


if __name__ == "__main__":
    sys.exit(main())
