"""The synchronous client."""

from __future__ import annotations

import copy
import gc
import pickle
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import iam
from iam import types


def create(acme: iam.Acting, name: str, **attributes: str) -> str:
    """Creates a user."""
    id = acme.users.create(user_name=name, attributes=attributes).id
    assert id is not None
    return id


def test_the_story(acme: iam.Acting) -> None:
    shown = acme.preview.users.create(user_name="alice", city="Utica")
    assert shown.difference.records[0].label == "alice"
    assert acme.users.count() == 0

    done = acme.users.create(user_name="alice", city="Utica", hired_on=date(2024, 2, 29))
    assert done.id and done.revision and done.events[0].name == "user.created"
    alice = acme.users.get(done.id)
    assert (alice.kind, alice.version, alice["city"]) == ("user", 1, "Utica")
    assert alice.date("hired_on") == date(2024, 2, 29)
    created = alice.moment("created_at")
    assert created and created.tzinfo and abs(created - datetime.now(timezone.utc)) < timedelta(minutes=1)

    changed = acme.because("moved").users.update(alice.id, city="Berlin", job=None)
    assert changed.revision
    assert acme.as_of(done.revision).users.get(alice.id)["city"] == "Utica"
    assert acme.users.get(alice.id, at=done.revision)["city"] == "Utica"
    assert acme.users.find_by("user_name", "ALICE") == acme.users.get(alice.id)

    latest, first = acme.history.of(alice.id)
    assert latest.reason == "moved" and first.step is types.Step.CREATE
    assert latest.changes == (types.AttributeDifference("city", before="Utica", after="Berlin"),)
    assert isinstance(latest.at, datetime) and latest.at.utcoffset() == timedelta(0)
    assert acme.history.difference(done.revision).records[0].changes == latest.changes

    assert acme.preview_rollback(changed.revision).conflicts == ()
    acme.rollback(types.Undo.revision(changed.revision))
    assert acme.users.get(alice.id)["city"] == "Utica"
    assert [item.command for item in acme.audit.list(newest_first=True, limit=2)] == ["rollback", "user.update"]
    assert acme.realms.doctor().findings == ()
    head = acme.seal_chain()
    assert head and acme.chain.verify(published=[head]).breaks == ()
    assert acme.seal_chain() == head
    assert acme.upkeep() == types.Upkeep(expired=0, purged=0, swept=0)
    assert acme.events(after=done.revision)[0].events[0].name == "user.updated"


def test_organizations_groups_and_enumerations(acme: iam.Acting) -> None:
    top = acme.organizations.create(name="Acme").id
    assert top
    sales = acme.organizations.create(name="Sales", parent=top).id
    assert sales
    window = types.Window(until=datetime(2999, 1, 1, tzinfo=timezone.utc))
    alice = acme.users.create(
        user_name="alice", organizations=[types.JoinOrganization(sales, number="7", window=window)]
    ).id
    assert alice
    (edge,) = acme.edges.list(alice, "from", types.Relation.MEMBER_OF)
    assert (edge.to, edge.window, edge.origins) == (sales, window, (types.EdgeOrigin.DIRECT,))
    (root,) = acme.organizations.tree()
    assert root.children[0].organization == acme.organizations.get(sales)
    assert [each.id for each in acme.organizations.path(sales)] == [sales, top]
    acme.organizations.delete(top, disposition=types.Disposition.detach())
    assert acme.users.status(alice) == "active"
    acme.users.lock(alice, reason="test")
    assert acme.users.status(alice, view=types.StatusView.MATRIX) == "enabled/locked"
    acme.users.delete(alice, mode="soft")
    assert acme.users.find(alice) is not None and acme.users.count() == 0
    assert len(acme.users.search(deleted=types.Deleted.ONLY)) == 1
    with pytest.raises(iam.RefusedError) as deleted:
        acme.users.get(alice)
    assert (deleted.value.code, deleted.value.subject) == ("record.deleted", alice)


def test_own_attributes_and_settings(acme: iam.Acting) -> None:
    acme.attributes.define("user", "badge", "Badge", "integer", searchable=True)
    id = acme.users.create(user_name="alice", attributes={"badge": 2**63 - 1}).id
    assert id and acme.users.get(id)["badge"] == 2**63 - 1
    assert acme.users.search(f"badge eq {2**63 - 1}").items[0].id == id
    assert any(each.name == "badge" for each in acme.schema.attributes("user"))
    acme.attributes.update("user", "badge", label="Badge number")
    acme.realms.update(settings={"retention_days": 7})
    assert acme.realms.settings().retention_days == 7
    with pytest.raises(TypeError, match="given by name and in `attributes`: city"):
        acme.users.create(user_name="bob", city="Utica", attributes={"city": "Berlin"})


def test_pages(acme: iam.Acting) -> None:
    acme.batch(iam.command.users.create(user_name=f"user{n:03}", city="ab"[n % 2]) for n in range(100))
    page = acme.users.search('city eq "a"', sort=["-user_name"], limit=20, total=True)
    assert (len(page), page.total, page.previous) == (20, 50, None)
    assert [each["user_name"] for each in page][:2] == ["user098", "user096"]
    second = acme.users.search('city eq "a"', sort=["-user_name"], limit=20, cursor=page.next)
    assert second.items[0]["user_name"] == "user058"
    names = [each["user_name"] for each in acme.users.all(sort=["user_name"], page_size=7)]
    assert names == [f"user{n:03}" for n in range(100)]
    assert acme.users.count({"attribute": "city", "in": ["a", "b"]}) == 100
    assert len(acme.records.prefix_search("user01")) == 10
    acme.realms.update(settings={"not_searched": ["user.phone"]})
    assert len(acme.records.prefix_search("user01")) == 10  # with what is searched
    with pytest.raises(iam.InvalidError) as wrong:
        acme.users.search("city eq Utica")
    assert wrong.value.code == "search.filter"


def test_batches(acme: iam.Acting) -> None:
    create = iam.command.users.create
    outcome = acme.batch([create(user_name="a"), create(user_name="a")], mode="each")
    assert outcome.results[0].id and outcome.results[1].problem
    assert outcome.results[1].problem.code == "value.taken"
    with pytest.raises(iam.RefusedError):
        acme.batch([create(user_name="b"), create(user_name="b")])
    assert acme.users.count() == 1
    assert len(acme.preview_batch([create(user_name="c"), create(user_name="d")]).difference.records) == 2
    assert acme.execute(create(user_name="e")).id
    again = acme.with_command_id(acme.new_command_id())
    assert again.users.create(user_name="f").id == again.users.create(user_name="f").id
    assert again.users.create(user_name="f").replayed
    change_set = acme.new_change_set()
    acme.in_change_set(change_set).users.create(user_name="g")
    acme.rollback(types.Undo.change_set(change_set))
    assert acme.users.find_by("user_name", "g") is None


def test_errors(acme: iam.Acting) -> None:
    create(acme, "alice")
    with pytest.raises(iam.IamError) as several:
        acme.users.create(user_name="alice", email="nonsense", attributes={"color": "red"})
    error = several.value
    assert isinstance(error, iam.InvalidError) and error.code == "input.invalid" and error.hint and not error.retry
    assert {each.field for each in error.fields} >= {"email", "color"}
    assert "nonsense" not in repr(error) and "color" in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.fields) == (iam.InvalidError, str(error), error.fields)
    company = acme.organizations.create(name="Acme").id
    assert company is not None and acme.users.find(company) is None
    for unknown in ("user_00000000000000000000000000", company):
        with pytest.raises(iam.NotFoundError) as absent:
            acme.users.get(unknown)
        assert (absent.value.code, absent.value.subject) == ("record.not_found", unknown)
    assert [each.field for each in acme.validate.users.create(user_name="bob", email="nonsense")] == ["email"]


def test_answers_are_values_without_personal_repr(acme: iam.Acting) -> None:
    id = create(acme, "secretname", city="secretcity")
    record = acme.users.get(id)
    shown = [record, acme.users.search(), acme, acme.history.of(id), acme.preview.users.update(id, city="secrettown")]
    shown += [acme.users.create(user_name="secretly"), iam.command.users.create(user_name="secret"), acme.audit.list()]
    assert "secret" not in repr(shown)
    with pytest.raises(AttributeError):
        record.version = 2  # type: ignore[misc]
    assert copy.deepcopy(record) == record == pickle.loads(pickle.dumps(record))
    assert hash(record) == hash(acme.users.get(id))


def test_realms_are_apart(db: iam.Database) -> None:
    one, two = db.realm("one").act_as("host:tests"), db.realm("two").act_as("system")
    id = create(one, "alice")
    assert two.users.find(id) is None
    assert {each["name"] for each in db.realms()} >= {"one", "two"}
    assert db.realm("ONE").id == db.realm("one").id


def test_what_is_kept_and_closed(tmp_path: Path) -> None:
    address = str(tmp_path / "people.db")
    with iam.open(tmp_path / "people.db") as db:
        id = create(db.realm("acme").act_as("host:tests"), "alice", city="Utica")
    with pytest.raises(iam.StorageError):
        db.realms()
    gc.collect()
    with iam.open(address) as db:
        acme = db.realm("acme").act_as("host:tests")
        assert acme.users.get(id)["city"] == "Utica" and not acme.history.of(id)[0].sealed
    (tmp_path / "people.db.key").unlink()
    with pytest.raises(iam.StorageError) as no_key:
        iam.open(address)
    assert no_key.value.code == "seal.unreadable"
    with pytest.raises(iam.StorageError) as server:
        iam.open("postgres://user:secret@localhost:1/iam")
    assert server.value.code == "seal.unreadable" and "secret" not in str(server.value)
    with pytest.raises(iam.InvalidError):
        iam.open(":memory:", key=b"short")
