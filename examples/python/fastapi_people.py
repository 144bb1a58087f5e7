"""People over HTTP with FastAPI: create, find, change, look before, undo.

    pip install iam-embedded fastapi uvicorn httpx
    uvicorn fastapi_people:app            # then http://127.0.0.1:8000/docs
    python fastapi_people.py              # tells the story below over HTTP, without a server

The same with Fastify: ../node/fastify_people.mjs. They answer and print the same.
"""

from __future__ import annotations

import csv
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any

import iam
import iam.aio
from fastapi import Body, Depends, FastAPI, Header, Query, Request
from fastapi.responses import JSONResponse

STATUS = {
    iam.InvalidError: 422, iam.NotFoundError: 404, iam.RefusedError: 409, iam.ConflictError: 409,
    iam.DeniedError: 403, iam.LimitError: 413, iam.StorageError: 503,
}


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """One engine for the whole process; each worker of a pre-forking server opens it after the fork."""
    async with await iam.aio.open(os.environ.get("PEOPLE_DB", ":memory:")) as db:
        app.state.realm = await db.realm("acme")
        yield


app = FastAPI(title="People", lifespan=lifespan)


@app.exception_handler(iam.IamError)
async def refused(_: Request, error: iam.IamError) -> JSONResponse:
    """Every refusal is told with its stable code; nothing of what was refused was done."""
    fields = {each.field: each.code for each in error.fields}
    told = {"code": error.code, "message": error.message, "hint": error.hint, "subject": error.subject, "fields": fields}
    return JSONResponse(told, status_code=STATUS.get(type(error), 500))


async def acting(request: Request, x_actor: Annotated[str, Header()] = "host:web") -> iam.aio.Acting:
    """Who asks. Your authentication decides that; the audit trail remembers it."""
    handle: iam.aio.Acting = request.app.state.realm.act_as(x_actor)
    return handle


Acting = Annotated[iam.aio.Acting, Depends(acting)]
Attributes = Annotated[dict[str, Any], Body()]


def shown(user: iam.Record) -> dict[str, Any]:
    """What the outside sees of a user."""
    names = ("user_name", "email", "first_name", "last_name", "job", "city")
    return {"id": user.id, "version": user.version, **{name: user[name] for name in names if user.get(name) is not None}}


@app.post("/people", status_code=201)
async def create(acme: Acting, attributes: Attributes) -> dict[str, Any]:
    """Creates a person."""
    done = await acme.users.create(attributes=attributes)
    return {"id": done.id, "revision": done.revision}


@app.get("/people")
async def find(
    acme: Acting, where: str = "", sort: str = "user_name", limit: Annotated[int, Query(ge=1, le=1000)] = 20, cursor: str | None = None
) -> dict[str, Any]:
    """Lists people: SCIM filter text, an order, a page."""
    page = await acme.users.search(where, sort=sort.split(","), limit=limit, cursor=cursor, total=True)
    return {"total": page.total, "next": page.next, "people": [shown(user) for user in page]}


@app.get("/people/{id}")
async def read(acme: Acting, id: str, revision: int | None = None) -> dict[str, Any]:
    """A person, now or as of a revision."""
    return shown(await acme.users.get(id, at="now" if revision is None else revision))


@app.patch("/people/{id}")
async def change(acme: Acting, id: str, attributes: Attributes, preview: bool = False) -> dict[str, Any]:
    """Changes a person, or only shows what would be different."""
    if preview:
        difference = (await acme.preview.users.update(id, attributes=attributes)).difference
        changes = [[each.attribute, each.before, each.after] for each in difference.records[0].changes]
        return {"changes": sorted(changes, key=lambda change: str(change[0]))}
    return {"revision": (await acme.users.update(id, attributes=attributes)).revision}


@app.get("/people/{id}/history")
async def history(acme: Acting, id: str) -> list[dict[str, Any]]:
    """What happened to a person, the latest first."""
    items = await acme.history.of(id)
    return [{"revision": each.revision, "command": each.command, "actor": each.actor} for each in items]


@app.post("/undo/{revision}")
async def undo(acme: Acting, revision: int) -> dict[str, Any]:
    """Takes a commit back, unless somebody changed the same things since."""
    return {"revision": (await acme.rollback(revision)).revision}


def story() -> None:
    """The story, as a client sees it."""
    from fastapi.testclient import TestClient

    folder = Path(__file__).resolve().parents[1] / "data" / "hrsample"
    with open(folder / "hr_feed_2016-12-31.csv", encoding="utf-8", newline="") as file:
        rows = [row for _, row in zip(range(50), csv.DictReader(file))]
    with TestClient(app) as web:
        for row in rows:
            attributes = {"user_name": f"e{row['employee_id']}", "first_name": row["first_name"], "last_name": row["last_name"],
                          "job": row["job"], "city": row["city"] or None}
            assert web.post("/people", json=attributes).status_code == 201
        found = web.get("/people", params={"where": 'job eq "Salesperson"', "sort": "last_name,user_name", "limit": 3}).json()
        print(f"{found['total']} salespeople: {', '.join(each['last_name'] for each in found['people'])}, …")
        more = web.get("/people", params={"where": 'job eq "Salesperson"', "sort": "last_name,user_name", "limit": 3, "cursor": found["next"]})
        print(f"then: {', '.join(each['last_name'] for each in more.json()['people'])}")
        first = found["people"][0]
        path = f"/people/{first['id']}"
        print(f"preview: {web.patch(path, params={'preview': True}, json={'job': 'Analyst', 'city': None}).json()['changes']}".replace("'", '"').replace("None", "null"))
        done = web.patch(path, json={"job": "Analyst", "city": None}, headers={"x-actor": "host:desk"}).json()
        print(f"now {web.get(path).json()['job']}, before {web.get(path, params={'revision': done['revision'] - 1}).json()['job']}")
        print(f"undone: {web.post('/undo/' + str(done['revision'])).status_code}, {web.get(path).json()['job']}")
        print(", ".join(f"{each['command']} by {each['actor']}" for each in web.get(path + "/history").json()))
        taken = web.post("/people", json={"user_name": first["user_name"].upper()})
        print(f"{taken.status_code} {taken.json()['code']} {taken.json()['fields']}".replace("'", '"'))
        wrong = web.post("/people", json={"user_name": "a b", "email": "nowhere"})
        print(f"{wrong.status_code} {wrong.json()['code']} {dict(sorted(wrong.json()['fields'].items()))}".replace("'", '"'))
        print(web.get("/people/user_00000000000000000000000000").status_code, web.get("/people", params={"where": "city eq"}).json()["code"])


if __name__ == "__main__":
    story()
