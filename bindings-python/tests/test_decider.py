"""Hot calls: decisions from memory, sessions, sign-in."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

import iam
from iam import types


def desk(acme: iam.Acting) -> tuple[str, list[str], str]:
    """Somebody who may view the people of an area, the people, and somebody else."""
    area = acme.organizations.create(name="Area").id or ""
    boss = acme.users.create(user_name="desk").id or ""
    other = acme.users.create(user_name="other").id or ""
    people = [
        acme.users.create(user_name=f"p{n}", organizations=[types.JoinOrganization(area)]).id or "" for n in range(20)
    ]
    role = acme.roles.create(name="Desk", privileges=[types.Privilege("user", actions=("view",))]).id or ""
    acme.roles.grant(role, [boss], within=[area])
    return boss, people, other


def test_decisions(acme: iam.Acting) -> None:
    boss, people, other = desk(acme)
    decider = acme.decider()
    assert decider.known(boss, "view", people[0]) in (None, True)
    for target in (*people, other):
        expected = acme.access.can("view", types.On.record(target), user=boss)
        assert decider.can(boss, "view", target) is expected is decider.known(boss, "user:view", target)
        assert expected is (target in people)
    assert decider.can_all(boss, "view", [*people, other]) == [True] * 20 + [False]
    assert decider.can_all(boss, "view", iter(())) == []
    assert decider.can(boss, "delete", people[0]) is False
    # What happens is seen at once.
    fresh = acme.users.create(user_name="fresh").id or ""
    assert decider.can(boss, "view", fresh) is False
    acme.users.disable(boss)
    assert decider.can(boss, "view", people[0]) is False
    decider.refresh()


def test_wrong_parameters(acme: iam.Acting) -> None:
    boss, people, _ = desk(acme)
    anything: Any = acme.decider()
    for parameters in ((1, "view", boss), (boss, None, boss), (boss, "view", "nobody"), ("\ud800", "view", boss)):
        for call in (anything.can, anything.known):
            with pytest.raises(iam.InvalidError):
                call(*parameters)
    with pytest.raises(iam.InvalidError):
        anything.can_all(boss, "view", [people[0], 5])
    with pytest.raises(TypeError):
        anything.can_all(boss, "view", 5)
    in_own_name = iam.Acting(acme._native)
    assert in_own_name.decider()


def test_only_the_host_decides_about_others(db: iam.Database) -> None:
    realm = db.realm("acme")
    alice = realm.act_as("host:tests").users.create(user_name="alice").id or ""
    for call in (lambda it: it.decider(), lambda it: it.session("x"), lambda it: it.sign_in("a", "b")):
        with pytest.raises(iam.DeniedError):
            call(realm.act_as(alice))


def test_for_asyncio(acme: iam.Acting) -> None:
    boss, people, other = desk(acme)

    async def main() -> None:
        handle = iam.aio.Acting(acme._native)
        decider = await handle.decider()
        assert await decider.can(boss, "view", people[0]) and not await decider.can(boss, "view", other)
        assert await decider.can_all(boss, "view", people) == [True] * 20
        found = await asyncio.gather(*(decider.can(boss, "view", people[n % 20]) for n in range(10_000)))
        assert all(found)
        assert (await handle.users.get(boss))["user_name"] == "desk"
        with pytest.raises(iam.NotFoundError):
            await handle.users.get("user_00000000000000000000000000")

    asyncio.run(main())


def test_from_threads(acme: iam.Acting) -> None:
    boss, people, _ = desk(acme)
    decider, wrong = acme.decider(), []

    def work() -> None:
        for n in range(2_000):
            if not decider.can(boss, "view", people[n % 20]):
                wrong.append(n)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(20):
        acme.users.create(user_name=f"more{n}")
    for thread in threads:
        thread.join()
    assert wrong == []


def test_signing_in_and_sessions(acme: iam.Acting) -> None:
    alice = acme.users.create(user_name="alice").id or ""
    acme.passwords.set(alice, "correct horse battery staple", must_change=False)
    origin = types.SessionOrigin(address="192.0.2.7", application="shop")
    done = acme.sign_in("ALICE", "correct horse battery staple", origin=origin)
    assert done.state == "open" and done.token and done.session and done.flow_token is None
    assert done.session == acme.session(done.token) and done.session.application == "shop"
    assert done.session.opened_at.tzinfo and done.token not in repr(done)
    assert types.Session._read(acme._native.call("session", {"token": done.token})) == done.session
    with pytest.raises(iam.DeniedError) as refused:
        acme.sign_in("alice", "wrong")
    assert refused.value.code == "sign_in.refused"
    with pytest.raises(iam.DeniedError) as low:
        acme.session(done.token, assurance=2)
    assert low.value.code == "session.step_up_needed"
    acme.otps.enrol(alice, type="hotp", secret="GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", confirmed=True)
    pending = acme.sign_in("alice", "correct horse battery staple", assurance=2, refresh=True, risk="normal")
    assert pending.state == "pending" and pending.flow_token and pending.factors and pending.actions == ()
    both = acme.continue_sign_in(pending.flow_token, types.SignInProof("code", code="755224"))
    assert both.state == "open" and both.session and both.session.assurance == 2 and both.refresh_token

    async def main() -> None:
        handle = iam.aio.Acting(acme._native)
        assert (await handle.session(done.token or "")).user == alice
        assert (await handle.sign_in("alice", "correct horse battery staple")).state == "pending"

    asyncio.run(main())
    acme.sign_out(done.token)
    with pytest.raises(iam.IamError) as ended:
        acme.session(done.token)
    assert ended.value.code == "session.ended"
    for wrong in (5, None, "\ud800"):
        with pytest.raises(iam.InvalidError):
            acme.session(wrong)  # type: ignore[arg-type]
        with pytest.raises(iam.InvalidError):
            acme.sign_in("alice", wrong)  # type: ignore[arg-type]
