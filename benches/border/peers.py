"""The same things with what Python programs use else: Django (SQLite) and pycasbin; nanoseconds of processor time.

    python peers.py FOLDER         prints a line for each: NAME OPERATION NANOSECONDS

Needs `pip install django pycasbin`; what is missing is said and left out.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

FOLDER = sys.argv[1]


def measured(who: str, name: str, count: int, work: Callable[[], object]) -> None:
    """The best of five rounds."""
    best = float("inf")
    for _ in range(5):
        before = time.process_time()
        work()
        best = min(best, (time.process_time() - before) / count)
    print(f"{who} {name} {best * 1e9:.0f}", flush=True)


def django() -> None:
    """A model with the same columns, every command in a transaction of its own."""
    from django.conf import settings

    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(FOLDER, "django.db")}
    settings.configure(DATABASES={"default": database}, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
    import django

    django.setup()
    from django.db import connection, models, transaction

    class User(models.Model):
        user_name = models.CharField(max_length=150, unique=True)
        email = models.CharField(max_length=254, unique=True)
        first_name = models.CharField(max_length=150)
        last_name = models.CharField(max_length=150)
        city = models.CharField(max_length=150, db_index=True)

        class Meta:
            app_label = "people"

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = WAL")
    with connection.schema_editor() as editor:
        editor.create_model(User)
    number = iter(range(1_000_000))

    def one() -> User:
        n = next(number)
        names = {"first_name": "Ada", "last_name": "Lovelace", "city": "Utica"}
        return User.objects.create(user_name=f"u{n}", email=f"u{n}@example.com", **names)

    measured("django", "create", 200, lambda: [one() for _ in range(200)])
    User.objects.bulk_create(User(user_name=f"v{n}", email=f"v{n}@example.com", city="Utica") for n in range(1_000))
    id = one().pk
    measured("django", "get", 2_000, lambda: [User.objects.get(pk=id) for _ in range(2_000)])
    measured("django", "find_by", 2_000, lambda: [User.objects.get(user_name="v7") for _ in range(2_000)])
    measured("django", "list_1000_each", 10_000, lambda: [len(User.objects.all()[:1_000]) for _ in range(10)])
    page = User.objects.filter(city="Utica").order_by("user_name")
    measured("django", "page_50", 200, lambda: [list(page.all()[:50]) for _ in range(200)])
    rounds = iter(range(1_000))

    def people() -> list[User]:
        round = next(rounds)
        return [User(user_name=f"w{round}-{n}", email=f"w{round}-{n}@example.com", city="Utica") for n in range(1_000)]

    def one_by_one() -> None:
        with transaction.atomic():
            for person in people():
                person.full_clean(exclude=["first_name", "last_name"])
                person.save(force_insert=True)

    measured("django", "import_each", 1_000, one_by_one)
    measured("django", "bulk_each", 1_000, lambda: User.objects.bulk_create(people()))


def casbin() -> None:
    """Roles of users over the people of one area, as its manual has it."""
    import casbin

    model, policy = os.path.join(FOLDER, "model.conf"), os.path.join(FOLDER, "policy.csv")
    with open(model, "w", encoding="utf-8") as file:
        file.write(
            "[request_definition]\nr = sub, obj, act\n[policy_definition]\np = sub, obj, act\n[role_definition]\ng = _, _\n"
            "g2 = _, _\n[policy_effect]\ne = some(where (p.eft == allow))\n"
            "[matchers]\nm = g(r.sub, p.sub) && g2(r.obj, p.obj) && r.act == p.act\n"
        )
    with open(policy, "w", encoding="utf-8") as file:
        file.write("p, seller, area, view\np, seller, area, update\ng, desk, seller\n")
        file.writelines(f"g2, p{n}, area\n" for n in range(1_000))
    enforcer = casbin.Enforcer(model, policy)
    assert enforcer.enforce("desk", "p7", "view") and not enforcer.enforce("p7", "p8", "view")
    people = [f"p{n}" for n in range(1_000)]
    measured("pycasbin", "can", 1_000, lambda: [enforcer.enforce("desk", person, "view") for person in people])


for peer in (django, casbin):
    try:
        peer()
    except ImportError as missing:
        print(f"not measured: {peer.__name__} ({missing})", file=sys.stderr)
