"""The first ten minutes, in Python: a company's people in one file.

Reads an organization of four levels with its people, applies the next year's HR feed as a change set, takes one change back,
looks at the earlier state, moves a department, searches, and checks that nothing was tampered with.

    python story.py [FILE]

The same story in the other languages: ../node/story.mjs, ../swift. They print the same.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import iam
from iam.types import JoinOrganization, Undo

FOLDER = Path(__file__).resolve().parents[1] / "data" / "hrsample"
create, update, disable = iam.command.users.create, iam.command.users.update, iam.command.users.disable


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table."""
    with open(FOLDER / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hire(row: dict[str, str], units: dict[str, str]) -> iam.Command:
    """The command for a row of the feed."""
    return create(
        user_name=f"e{row['employee_id']}", user_number=row["employee_id"], first_name=row["first_name"],
        last_name=row["last_name"], job=row["job"], city=row["city"] or None, state=row["state"] or None,
        organizations=[JoinOrganization(units[row["org_id"]])],
    )


def story(acme: iam.Acting) -> None:
    """Tells it."""
    print("# Organizations and people")
    units: dict[str, str] = {}
    for row in table("org_units.csv"):
        parent = units.get(row["parent_org_id"])
        units[row["org_id"]] = acme.organizations.create(name=row["org_name"], code=row["org_id"], parent=parent).id or ""
    first = {row["employee_id"]: row for row in table("hr_feed_2016-12-31.csv")}
    ids: dict[str, str] = {}
    rows = list(first.values())
    for start in range(0, len(rows), 200):
        done = acme.batch(hire(row, units) for row in rows[start : start + 200])
        ids.update((row["employee_id"], result.id or "") for row, result in zip(rows[start:], done.results))
    print(f"{acme.organizations.count()} units, {acme.users.count()} people")
    before = acme.events(limit=1000)[-1].revision

    print("# The next feed: seen before it happens")
    following = {row["employee_id"]: row for row in table("hr_feed_2017-12-31.csv")}
    joined = [row for key, row in following.items() if key not in first]
    left = [key for key in first if key not in following]
    moved = [row for key, row in following.items() if key in first and row["job"] != first[key]["job"]]
    commands = [hire(row, units) for row in joined] + [disable(ids[key]) for key in left]
    commands += [update(ids[row["employee_id"]], job=row["job"]) for row in moved]
    shown = acme.preview_batch(commands)
    print(f"{len(joined)} join, {len(left)} leave, {len(moved)} change their job")
    print(f"{len(shown.difference.records)} records would be different, {sum(1 for each in shown.results if each.problem)} refused")

    print("# Applied as a change set")
    feed = acme.in_change_set(acme.new_change_set()).because("HR feed of 2017-12-31")
    for start in range(0, len(commands), 200):
        feed.batch(commands[start : start + 200])
    enabled = 'administrative_status eq "enabled"'
    print(f"{acme.users.count(enabled)} people, {acme.users.count()} records")

    print("# One person's change taken back")
    mover = moved[0]
    id = ids[mover["employee_id"]]
    print(f"{acme.users.get(id, at=before)['job']} -> {acme.users.get(id)['job']}")
    acme.because("agreed for next year").rollback(Undo.record(id, before))
    print(f"{acme.users.get(id)['job']}: {', '.join(each.command for each in acme.history.of(id))}")

    print("# The world as it was")
    past = acme.as_of(before)
    for root in acme.organizations.tree():
        for unit in root.children:
            people = f'within_organization eq "{unit.organization.id}" and {enabled}'
            print(f"{unit.organization['name']}: {past.users.count(people)} then, {acme.users.count(people)} now")

    print("# A department moves")
    west, marketing = (acme.organizations.search(f'name eq "{name}"').items[0] for name in ("Sls - West", "Marketing"))
    for edge in acme.preview.organizations.transfer(west.id, parent=marketing.id).difference.records:
        print(f"{edge.step} {edge.label}")
    acme.organizations.transfer(west.id, parent=marketing.id)
    try:
        acme.organizations.transfer(marketing.id, parent=west.id)
    except iam.RefusedError as error:
        print(f"and back under itself: {error.code}")

    print("# Found")
    who = '(job sw "product" or job eq "Attorney") and not (state eq "MS")'
    page = acme.users.search(who, sort=["last_name", "first_name", "user_name"], limit=5, total=True)
    print(f"{page.total} people, the first of them:")
    for user in page:
        print(f"  {user['last_name']}, {user['first_name']}: {user['job']}, {user.get('city', '-')}")

    print("# Nothing was tampered with, and everything agrees")
    head = acme.seal_chain()
    verified = acme.chain.verify(published=[head] if head else [])
    diagnosis = acme.realms.doctor()
    print(f"{verified.rows} rows, {len(verified.breaks)} breaks; {diagnosis.records} records, {len(diagnosis.findings)} findings")


if __name__ == "__main__":
    with iam.open(sys.argv[1] if len(sys.argv) > 1 else ":memory:") as db:
        story(db.realm("acme").act_as("host:story"))
