"""An embeddable identity library: users, organizations, groups, roles; every change can be seen before, and undone after.

>>> import iam
>>> db = iam.open(":memory:")
>>> acme = db.realm("acme").act_as("host:console")
>>> alice = acme.users.create(user_name="alice", email="alice@example.com").id
>>> acme.preview.users.update(alice, city="Utica").difference.records[0].changes[0].attribute
'city'
>>> acme.users.find_by("user_name", "ALICE").id == alice
True
"""

from __future__ import annotations

import atexit as _atexit
import os as _os

from . import _native, aio, errors, ports, types
from ._client import Acting, Database, Decider, Realm, open
from ._unset import UNSET, Unset
from ._worker import OutboxReport, RunReport, Worker
from ._command import Command, command
from .errors import (
    ConflictError,
    CorruptError,
    DeniedError,
    IamError,
    InvalidError,
    LimitError,
    NotFoundError,
    RefusedError,
    StorageError,
)
from .types import Executed, Page, Preview, Record, Undo

# Calls of other threads end before the interpreter does.
_atexit.register(_native.leaving)

if hasattr(_os, "register_at_fork"):
    _os.register_at_fork(after_in_child=_native.forked)

__all__ = [
    "UNSET",
    "Acting",
    "Command",
    "ConflictError",
    "CorruptError",
    "Database",
    "Decider",
    "DeniedError",
    "Executed",
    "IamError",
    "InvalidError",
    "LimitError",
    "NotFoundError",
    "OutboxReport",
    "Page",
    "Preview",
    "Realm",
    "Record",
    "RefusedError",
    "RunReport",
    "StorageError",
    "Undo",
    "Unset",
    "Worker",
    "aio",
    "command",
    "errors",
    "open",
    "ports",
    "types",
]
