"""From a checked program to the plan that is carried out: the stages of planning, in order."""

from __future__ import annotations

from typing import Any

from ankish.analysis import core
from ankish.data import replace
from ankish.diagnostics.model import Diagnostic
from ankish.plan.lower import lower
from ankish.plan.merge import merge
from ankish.plan.model import Loop, Plan, every
from ankish.plan.once import once
from ankish.plan.options import Options
from ankish.plan.stream import stream


def planned(
    program: core.Checked, values: dict[core.Binding, Any], preview: bool, options: Options
) -> Plan:
    """The plan of a checked program, its actions merged into requests.

    `values` are the variables of programs before it; with `preview`, cards and notes are shown as
    tables.
    """
    plan = lower(program, values, preview, options)
    steps = once(plan.steps) if options.once else plan.steps
    told: tuple[Diagnostic, ...] = ()
    if any(isinstance(step, Loop) for step in every(steps)):
        from ankish.plan.hints import hints  # 2 ms, and few programs have loops

        told = tuple(hints(steps))
    merged = replace(plan, steps=merge(steps, options), hints=told)
    return stream(merged) if options.stream else merged
