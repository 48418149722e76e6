"""Messages about the way to Anki: the connection, AnkiConnect, and what Anki refuses."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.model import Severity

_DIALOG = "a dialog may be open in Anki, or Anki is busy: look at its window, then try again"
_DOUBT = "whether `{unsure}` was carried out is not known"
_UPDATE = "update the AnkiConnect add-on in Anki: Tools > Add-ons > Check for Updates"
_KEY = "the key is `apiKey` in Anki: Tools > Add-ons > AnkiConnect > Config"
_URL = "the URL is that of `--url`, else of ANKISH_URL, else of the configuration file"

BAD_URL = Kind(
    "anki::url",
    "`{url}` is not a URL that AnkiConnect can be asked at: {reason}",
    help=("a URL looks like this: http://127.0.0.1:8765", _URL),
    explain="""\
AnkiConnect listens at http://127.0.0.1:8765 unless its settings say otherwise. ankish takes
http and https URLs; `localhost:8765` will do, and a host alone means port 8765.""",
)
BAD_PROXY = Kind(
    "anki::proxy",
    "the proxy settings of the environment can't be used for {where}",
    help="unset ALL_PROXY, HTTP_PROXY and HTTPS_PROXY, or name the host in NO_PROXY",
    note="the reason: {reason}",
    explain="""\
For a host that is not this machine ankish goes through the proxy that the environment names.
For this machine it never does.""",
)
NO_ANSWER = Kind(
    "anki::no-answer",
    "nothing answers at {where}",
    help=(
        "Anki has to be open with the AnkiConnect add-on (code 2055492159, Tools > Add-ons)",
        "without Anki: ankish --collection FILE, or --demo for a sample collection",
    ),
    note="the reason: {reason}",
    explain="""\
No program takes connections there. Start Anki; if it is open, install the add-on AnkiConnect
(Tools > Add-ons > Get Add-ons, code 2055492159) and start Anki again. If the add-on listens at
another address (webBindAddress and webBindPort in its settings), give it as `--url`, as
ANKISH_URL or as `url` in the configuration file. ankish also works without Anki, on a
collection file: `ankish --collection FILE`, `--profile NAME` or `--demo`.""",
)
TLS = Kind(
    "anki::tls",
    "no safe connection to {where} can be made",
    help=(
        "AnkiConnect itself speaks plain http: begin the URL with http://",
        "SSL_CERT_FILE can name a file with the certificate to trust",
    ),
    note="the reason: {reason}",
    explain="""\
The URL begins with https, and the certificate that was shown is not trusted, is not for this
host, or the other side does not speak TLS. AnkiConnect does not; a proxy before it may.""",
)
TIMEOUT = Kind(
    "anki::timeout",
    "{where} did not answer `{action}` within {seconds:.0f} s",
    help=_DIALOG,
    note=_DOUBT,
    explain="""\
AnkiConnect carries requests out one at a time inside Anki's window. A dialog that a request
opened (a question about permission, a file chooser) holds up every other request until it is
closed; so does long work. Anki goes on with a request even when nobody waits for its answer
any more.""",
)
LOST = Kind(
    "anki::lost",
    "the connection to {where} broke before `{action}` was answered",
    help="see whether Anki is still open, and whether it is AnkiConnect that listens there",
    note=(_DOUBT, "the reason: {reason}"),
    explain="""\
The request was on its way when the connection ended: Anki was closed, it crashed, or the
network failed. ankish asks a read again by itself, a few times. Of a write it reads what became of
it, and sends again only what was not done.""",
)
FORBIDDEN = Kind(
    "anki::forbidden",
    "{where} turns ankish away (HTTP 403)",
    help="AnkiConnect does so with web pages it does not know; see what stands between it and you",
    explain="""\
AnkiConnect answers 403 to a request that carries the `Origin` of a web page which is not in
`webCorsOriginList`. ankish sends no `Origin`, so something between ankish and Anki does, a
proxy for example, or what answers is no AnkiConnect.""",
)
NOT_ANKICONNECT = Kind(
    "anki::not-ankiconnect",
    "what answers at {where} is not AnkiConnect",
    help=_URL,
    note="it answered: {answer}",
    explain="""\
A program answers there, but not the way AnkiConnect does: with HTTP status 200 and a JSON object
that has `result` and `error`. Another program may use the port, or a proxy answers in its
place.""",
)
NOT_JSON = Kind(
    "anki::not-json",
    "the answer of {where} to `{action}` is not JSON",
    note=("it begins: {answer}", _DOUBT),
    explain="""\
The answer came whole and says that it is JSON, but can't be read as such. Something between
ankish and Anki may have changed or cut it.""",
)
EMPTY = Kind(
    "anki::empty",
    "AnkiConnect at {where} saw an empty request",
    help="see what stands between ankish and Anki: a proxy that drops or chunks what is sent",
    explain="""\
AnkiConnect answers a request without a body with its name and version only. It finds the body
by `Content-Length`, which a proxy may have taken away.""",
)
DENIED = Kind(
    "anki::denied",
    "AnkiConnect at {where} denies ankish permission",
    help="see webCorsOriginList and ignoreOriginList in the settings of the add-on",
    explain="""\
AnkiConnect was asked for permission and said no. It does so for the `Origin` of a web page that
its user has refused; ankish sends none, so a proxy on the way may add one.""",
)
KEY_MISSING = Kind(
    "anki::key-missing",
    "AnkiConnect at {where} wants an API key",
    help=("put the key in ANKISH_KEY, or as `key` in the configuration file", _KEY),
    explain="""\
AnkiConnect's settings hold an `apiKey`; it then refuses every request that does not carry the
same key. ankish sends the key only when it is asked for, and never shows it.""",
)
KEY_WRONG = Kind(
    "anki::key-wrong",
    "AnkiConnect at {where} does not accept the API key",
    help=("the key is that of ANKISH_KEY, else of the configuration file", _KEY),
    explain="""\
The key that ankish was given is not the `apiKey` in AnkiConnect's settings. Nothing was carried
out: AnkiConnect looks at the key first.""",
)
OLD = Kind(
    "anki::old",
    "AnkiConnect at {where} speaks version {version}, and ankish needs version 6",
    help=_UPDATE,
    explain="""\
Version 6 is the protocol of every AnkiConnect since 2018. An older one answers in another
form.""",
)
REFUSED = Kind(
    "anki::refused",
    "Anki refused `{action}`: {said}",
    note="Anki said more:\n{more}",
    explain="""\
The request reached Anki and Anki would not carry it out. The words are Anki's or the add-on's,
in the language that Anki is set to.""",
)
UNSUPPORTED = Kind(
    "anki::unsupported",
    "there is no action `{action}` at {where}",
    help=_UPDATE,
    note="names of actions are case-sensitive",
    explain="""\
`apiReflect` lists the actions that there are. One that the documentation names and that is
missing is newer than the add-on, or not one of those that work without Anki.""",
)
TOO_DEEP = Kind(
    "anki::too-deep",
    "the parameters of `{action}` are nested more than {most} deep",
    help="hand over flatter data",
    explain="""\
AnkiConnect never answers a request that is nested about a thousand levels deep. Nothing was
sent.""",
)
NOT_DONE = Kind(
    "anki::not-done",
    "Anki did not carry out `{action}`: {why}",
    note="Anki gave `false`, which is all it says in this case",
    explain="""\
Some actions answer `false` in place of an error. ankish takes that for the failure that it is; what
it means is known from measurements. `call NAME {…}` gives the raw answer.""",
)

_UNTOLD = """\
areDue and getIntervals look for a card's last review. For one that does not exist, or that is not
new and has no review, as after relearnCards, AnkiConnect refuses all the cards that were asked
about, and names none. ankish asks for fewer of them until it knows which these are."""
_WHICH = ("no such card: {gone}", "not new and never answered: {there}")
NOT_TOLD = Kind(
    "anki::not-told",
    "{action} tells nothing of {few:,} of {total:,} cards",
    label="null stands in their place",
    note=_WHICH,
    severity=Severity.WARNING,
    explain=_UNTOLD,
)
NOTHING_TOLD = Kind(
    "anki::nothing-told",
    "{action} tells nothing of {count}",
    note=_WHICH,
    explain=_UNTOLD,
)

NO_CONNECTION = frozenset(
    kind.code
    for kind in (BAD_URL, BAD_PROXY, NO_ANSWER, TLS, TIMEOUT, LOST, FORBIDDEN, NOT_ANKICONNECT)
    + (NOT_JSON, EMPTY, DENIED, KEY_MISSING, KEY_WRONG, OLD)
)
"""Codes for trouble with the way to Anki, whatever was asked."""

UNCERTAIN = frozenset(kind.code for kind in (TIMEOUT, LOST, NOT_JSON, NOT_ANKICONNECT))
"""Those of them after which a write may or may not have been carried out."""
SLOW = Kind(
    "anki::slow",
    "Anki takes only {per_second} changes a second",
    label="this {action} goes on, but slowly",
    help="click on another window than Anki's, and close its Browser, until this is done",
    severity=Severity.HINT,
    explain="""\
After every change Anki draws the screen that is in front anew: the list of decks counts all
cards again, and the Browser searches again. With 10,000 notes the same 50 changes took 0.1 s
with Anki in the background, 0.5 s with its list of decks in front, and 10 s with its Browser
open. ankish sends fewer changes in a request then, so that Anki's window stays alive.""",
)
