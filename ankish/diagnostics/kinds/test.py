"""Messages about tests, and about what they assert."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

ASSERT = Kind(
    "test::assert",
    "{message}",
    label="false",
    explain="""\
`assert` stops the program unless its condition holds. Of a comparison both sides are shown.""",
)
NOT_HERE = Kind(
    "test::not-here",
    "`test` stands inside a block",
    label="only at the top of a file",
    help="move it out of the block",
    explain="""\
Tests stand at the top of a file, next to the script or the macros that they are about. `ankish
test FILE` runs each of them on a scratch collection of its own; other runs leave them out.""",
)
NO_TESTS = Kind(
    "test::none",
    "there are no tests in {files}",
    help='test "what it shows" {{ … assert … }}',
    explain="""\
`ankish test` runs the `test` blocks of files: `test "some are due" { assert (find is:due | count)
> 0 }`. In a test `run` runs the file's own script.""",
)
