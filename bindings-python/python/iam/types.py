"""What commands take and answers are made of."""

from ._base import At, AttributeValue, Filter
from ._generated import types as _generated
from ._generated.types import *

__all__ = ["At", "AttributeValue", "Filter"]
__all__ += _generated.__all__
