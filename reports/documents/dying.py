"""A process ends with the one that forked it, however that ended."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

# <sys/prctl.h>
PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with(parent: int) -> None:
    """Called first by a fork; elsewhere than on Linux nothing happens."""
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # The parent may have ended before it was asked for.
    if os.getppid() != parent:
        os._exit(1)
