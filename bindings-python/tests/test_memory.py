"""Memory stays flat over many calls.

    IAM_CALLS=1000000 bindings-python/check -- -k memory       the long form
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CALLS = int(os.environ.get("IAM_CALLS", "50000"))

# Of a hundred calls: 50 decisions, 30 reads, a refused read, 10 refused previews, a preview, 5 sessions, 2 lists of a hundred,
# one call with JSON on both sides. A fifth of them warms up; what is kept from then on must not grow with the calls. In a
# process of its own, because what other tests have left behind would hide a leak.
PROGRAM = """
import asyncio, gc, sys
import iam, iam.aio

calls, address = int(sys.argv[1]), sys.argv[2]
acme = iam.open(address).realm("acme").act_as("host:tests")
create = iam.command.users.create
made = acme.batch(create(user_name=f"u{n}", city="Utica") for n in range(100))
people = [user.id for user in acme.users.all()]
alice = people[0]
decider = acme.decider()
token = acme.sessions.open(alice).disclosed["token"][0]


def refused(call):
    try:
        call()
    except iam.IamError:
        return
    raise AssertionError("was not refused")


def hundred():
    for person in people[:50]:
        decider.can(alice, "view", person)
    for person in people[:30]:
        acme.users.get(person)["user_name"]
    refused(lambda: acme.users.get("nobody"))
    for _ in range(10):
        refused(lambda: acme.preview.users.create(user_name="u7"))
    acme.preview.users.update(alice, city="Berlin")
    for _ in range(5):
        acme.session(token)
    for _ in range(2):
        assert len([user.attributes for user in acme.users.search("user_name pr", limit=100)]) == 100
    acme.call_text("ask", '{"query": "record.count", "kind": "user"}')


async def waiting(rounds):
    async with await iam.aio.open(address) as db:
        other = (await db.realm("acme")).act_as("host:tests")
        for _ in range(rounds):
            await asyncio.gather(*(other.users.get(person) for person in people))


def resident():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


def rounds(count):
    for _ in range(count * 4 // 5):
        hundred()
    if address != ":memory:":
        asyncio.run(waiting(count // 5))


rounds(calls // 500)
before = resident()
rounds(calls // 125)
print(resident() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="resident memory is read from /proc")
@pytest.mark.parametrize("storage", ["memory", "sqlite"])
def test_memory_stays_flat(storage: str, tmp_path: Path) -> None:
    address = ":memory:" if storage == "memory" else str(tmp_path / "people.db")
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(CALLS), address], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    grown = int(done.stdout)
    print(f"{storage}: {grown / 1024:.0f} KiB after {CALLS} calls")
    assert grown < 4 << 20, f"{grown} bytes"
