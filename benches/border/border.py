"""What a call over the border costs in Python: nanoseconds of processor time, beside Python's own sqlite3.

    python border.py FOLDER        prints a line for each: python NAME NANOSECONDS
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
import time
from collections.abc import Callable

import iam
import iam.aio

FOLDER = sys.argv[1]


def measured(name: str, count: int, work: Callable[[], object]) -> None:
    """The best of five rounds."""
    best = float("inf")
    for _ in range(5):
        before = time.process_time()
        work()
        best = min(best, (time.process_time() - before) / count)
    print(f"python {name} {best * 1e9:.0f}", flush=True)


def main() -> None:
    """Everything."""
    db = iam.open(os.path.join(FOLDER, "python.db"))
    acme = db.realm("acme").act_as("host:bench")
    number = iter(range(1_000_000))
    create = iam.command.users.create

    def one() -> str:
        n = next(number)
        return acme.users.create(user_name=f"u{n}", email=f"u{n}@example.com", first_name="Ada", last_name="Lovelace", city="Utica").id or ""

    measured("create", 200, lambda: [one() for _ in range(200)])
    acme.batch(create(user_name=f"v{n}", email=f"v{n}@example.com", city="Utica") for n in range(1_000))
    id = one()
    get = acme.users.get
    measured("get", 5_000, lambda: [get(id) for _ in range(5_000)])
    measured("find_by", 5_000, lambda: [acme.users.find_by("user_name", "v7") for _ in range(5_000)])
    measured("list_1000_each", 10_000, lambda: [len(acme.users.search("user_name pr", limit=1000)) for _ in range(10)])
    measured("list_read_each", 10_000, lambda: [[user["user_name"] for user in acme.users.search("user_name pr", limit=1000)] for _ in range(10)])
    measured("page_50", 200, lambda: [acme.users.search('city eq "Utica"', sort=["user_name"], limit=50) for _ in range(200)])
    rounds = iter(range(1_000))

    def imported() -> None:
        round = next(rounds)
        acme.batch(create(user_name=f"w{round}-{n}", email=f"w{round}-{n}@example.com", city="Utica") for n in range(1_000))

    measured("import_each", 1_000, imported)

    desk = acme.users.create(user_name="desk").id or ""
    area = acme.organizations.create(name="Area").id or ""
    people = [
        acme.users.create(user_name=f"p{n}", organizations=[iam.types.JoinOrganization(area)]).id or "" for n in range(1_000)
    ]
    role = acme.roles.create(name="Desk", privileges=[iam.types.Privilege(kind="user", actions=["view", "update"])]).id or ""
    acme.roles.grant(role, [desk], within=[area])
    decider = acme.decider()
    assert decider.can_all(desk, "view", people) == [True] * 1_000 and not decider.can(desk, "view", id)
    can = decider.can
    measured("can", 100_000, lambda: [can(desk, "view", person) for _ in range(100) for person in people])
    measured("can_all_each", 100_000, lambda: [decider.can_all(desk, "view", people) for _ in range(100)])
    token = acme.sessions.open(desk).disclosed["token"][0]
    measured("session", 5_000, lambda: [acme.session(token) for _ in range(5_000)])
    native = acme._native
    measured("nothing", 20_000, lambda: [native.manner({}) for _ in range(20_000)])

    async def together() -> None:
        async with await iam.aio.open(os.path.join(FOLDER, "python.db")) as other:
            handle = (await other.realm("acme")).act_as("host:bench")
            await asyncio.gather(*(handle.users.get(id) for _ in range(5_000)))

    measured("get_asyncio", 5_000, lambda: asyncio.run(together()))

    plain = sqlite3.connect(os.path.join(FOLDER, "plain.db"))
    plain.execute("CREATE TABLE IF NOT EXISTS user (id TEXT PRIMARY KEY, user_name TEXT UNIQUE, email TEXT, first_name TEXT, last_name TEXT, city TEXT)")
    plain.execute("INSERT OR REPLACE INTO user VALUES (?, ?, ?, ?, ?, ?)", (id, "u", "u@example.com", "Ada", "Lovelace", "Utica"))
    plain.executemany(
        "INSERT OR REPLACE INTO user VALUES (?, ?, ?, ?, ?, ?)",
        [(f"{n}", f"v{n}", f"v{n}@example.com", "Ada", "Lovelace", "Utica") for n in range(999)],
    )
    plain.commit()

    def row() -> dict[str, str]:
        cursor = plain.execute("SELECT id, user_name, email, first_name, last_name, city FROM user WHERE id = ?", (id,))
        return dict(zip(("id", "user_name", "email", "first_name", "last_name", "city"), cursor.fetchone()))

    measured("get_sqlite3", 5_000, lambda: [row() for _ in range(5_000)])
    measured("list_sqlite3_each", 10_000, lambda: [plain.execute("SELECT * FROM user").fetchall() for _ in range(10)])


main()
