"""Tables of calls and laid-out lines as types: structured arrays, one row each."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Calls: TypeAlias = NDArray[np.void]
Rows: TypeAlias = NDArray[np.void]
Whole: TypeAlias = NDArray[np.int64]
