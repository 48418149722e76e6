"""Regular expressions as Python reads them, without what it says on the way."""

from __future__ import annotations

import re
import warnings


def sound(pattern: str) -> re.Pattern[str]:
    """A regular expression, read.

    Raises `re.error`, and nothing else, if Python can't read it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `[[` may mean something else one day
            return re.compile(pattern)
    except RecursionError:
        raise re.error("it is nested too deep") from None
    except OverflowError:
        raise re.error("a number of repetitions is too large") from None
