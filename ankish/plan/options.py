"""What the planner may do to send less; all of it, but in tests that compare with and without."""

from __future__ import annotations

from ankish.data import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Every option leaves answers and end states as they are.

    * **push** - conditions move into Anki's search.
    * **once** - what was asked is not asked again until a write could change the answer.
    * **merge** - writes share a request, and loops whose rounds are independent go together.
    * **plural** - actions over one card or note each go as one over all.
    * **stream** - rows that only pass through are not all kept.
    """

    push: bool = True
    once: bool = True
    merge: bool = True
    plural: bool = True
    stream: bool = True


ALL = Options()
NONE = Options(push=False, once=False, merge=False, plural=False, stream=False)
