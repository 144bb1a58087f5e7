"""What commands take and answers are made of."""

from ._base import At, AttributeValue, Filter
from ._generated.types import *
from ._generated.types import __all__ as _generated

__all__ = ["At", "AttributeValue", "Filter", *_generated]
