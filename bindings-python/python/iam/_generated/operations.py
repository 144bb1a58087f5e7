"""What an actor does besides commands and questions.

Generated from the catalogue by `.ci/generate`; do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from .._base import AttributeValue, At, Filter, moment, state
from .._unset import UNSET, Unset
from .types import *


class Operations:
    """Operations of the catalogue."""

    def _call(self, operation: str, input: dict[str, Any]) -> Any:
        raise NotImplementedError


class AsyncOperations:
    """Operations of the catalogue."""

    def _call(self, operation: str, input: dict[str, Any]) -> Awaitable[Any]:
        raise NotImplementedError
