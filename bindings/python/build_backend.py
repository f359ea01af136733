"""maturin, without the compiler flags of the repository.

The repository compiles its own binary for a static program at a fixed place. Python loads shared libraries, which
cannot be compiled like that; flags in the environment, even none, take the place of those.
"""

import os

os.environ.setdefault("RUSTFLAGS", "")

from maturin import *  # noqa: E402, F403
