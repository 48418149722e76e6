#!/usr/bin/env python3
"""A stand-in for jq where there is none: the few filters of `explain --curl`, and no others.

Each filter that a script always has is known by its whole text. The rest is JSON in which
`.[0]` is the first value, and what is picked: `.[N]`, `.[:N]`, `.[N:]`, `sort` and `length`.
A filter that is none of these is an error, as one that jq can't read is.
"""

import json
import os
import re
import sys

REQUEST = """\
def keyed: if (env.ANKISH_KEY // "") == "" then . else .key = env.ANKISH_KEY end;
{action: $action, version: 6, params: .} | keyed
| if $action == "multi" then .params.actions |= map(keyed) else . end"""
RESULT = """\
def result: if .error == null then .result else error(.error) end;
result | if $action == "multi" then map(result) else . end"""
SOME = """\
def some: select(.cards != [] and .notes != []);
if has("actions") then .actions |= map(select(.params | some)) else some end"""


def keyed(request):
    key = os.environ.get("ANKISH_KEY")
    return {**request, "key": key} if key else request


def request(params, action):
    if action == "multi":
        params = {**params, "actions": [keyed(part) for part in params["actions"]]}
    return keyed({"action": action, "version": 6, "params": params})


def result(answer, action):
    if answer["error"] is not None:
        sys.exit(f"jq: error (at <stdin>:0): {answer['error']}")
    inner = answer["result"]
    return [result(part, "") for part in inner] if action == "multi" else inner


def is_some(params):
    return params.get("cards") != [] and params.get("notes") != []


def filled(template, values):
    """JSON with values in it; texts are left alone."""
    piece = r'"(?:[^"\\]|\\.)*"|\.\[(\d+)\]'

    def one(match):
        return match[0] if match[1] is None else json.dumps(values[int(match[1])])

    return json.loads(re.sub(piece, one, template))


def picked(word, value):
    if part := re.fullmatch(r"\.\[(\d*)(:?)(\d*)\]", word):
        start, colon, end = part.groups()
        return value[int(start or 0) : int(end) if end else None] if colon else value[int(start)]
    return {"sort": sorted, "length": len}[word](value)


def main(arguments):
    options = arguments.pop(0)
    action = arguments[2] if arguments[0] == "--arg" else ""
    text, values = arguments[-1], []
    rest, decoder = sys.stdin.read().strip(), json.JSONDecoder()
    while rest:
        value, end = decoder.raw_decode(rest)
        values.append(value)
        rest = rest[end:].strip()
    if options == "-cs":
        template, _, some = text.partition(" | def some")
        made = filled(template, values)
        if some:
            assert f"def some{some}" == SOME
            if "actions" in made:
                made["actions"] = [part for part in made["actions"] if is_some(part["params"])]
            elif not is_some(made):
                return
    else:
        [made] = values
        if text == REQUEST:
            made = request(made, action)
        elif text == RESULT:
            made = result(made, action)
        elif text != ".":
            for word in text.split(" | "):
                made = picked(word, made)
    if options == "-r":
        text = made if isinstance(made, str) else json.dumps(made, indent=2, ensure_ascii=False)
    else:
        text = json.dumps(made, separators=(",", ":"), ensure_ascii=False)
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
