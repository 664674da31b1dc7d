"""What the Python drivers share: a transport that counts requests, and the rows that they print.

A driver is called with the base address of a server. It prints the version of its client, then one
JSON object for each case, which tells what the client made of the server's answer.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import Any

import openai

# The client imports these when a call first needs them. When several threads do so at once, Python
# finds a deadlock of import locks and the calls fail.
import openai.resources

# The clients take keys, addresses and tracing from these variables, and the rows must not depend on
# what a machine happens to hold.
for variable in list(os.environ):
    if variable.startswith(("OPENAI_", "LANGCHAIN_", "LANGSMITH_")):
        del os.environ[variable]


class Transport(openai.DefaultHttpxClient):
    """The HTTP client that `openai` makes for itself, except that it counts and asks no proxy."""

    def __init__(self) -> None:
        super().__init__(trust_env=False, event_hooks={"request": [self._count]})
        self.attempts = 0

    def _count(self, _request: object) -> None:
        self.attempts += 1


def run(
    client: str,
    package: str,
    cases: Sequence[tuple[Any, ...]],
    send: Callable[..., object],
    read: Callable[[Exception], dict[str, Any] | None] | None = None,
) -> None:
    """Sends all cases at once and prints their rows in the order of the list.

    `send` takes the address of the API, a fresh transport and what a case holds after its name. `read`
    gives what a row tells of an error that it raises; without it they are errors of `openai`.
    """
    if len(sys.argv) != 2 or not sys.argv[1].startswith(("http://", "https://")):
        print(f"usage: {os.path.basename(sys.argv[0])} http://127.0.0.1:4000", file=sys.stderr)
        sys.exit(2)
    base_url = sys.argv[1].rstrip("/") + "/v1"

    def row(case: tuple[Any, ...]) -> dict[str, Any]:
        name, *rest = case
        with Transport() as transport:
            outcome = _outcome(lambda: send(base_url, transport, *rest), read or _read)
            return {"client": client, "case": name, **outcome, "attempts": transport.attempts}

    print(json.dumps({"client": client, "version": version(package)}), flush=True)
    with ThreadPoolExecutor(len(cases)) as pool:
        for done in pool.map(row, cases):
            print(json.dumps(done), flush=True)


def _read(error: Exception) -> dict[str, Any] | None:
    if not isinstance(error, openai.APIStatusError):
        return None
    return {
        "class": type(error).__name__,
        "status": error.status_code,
        "code": error.code,
        "type": error.type,
        "param": error.param,
        "request_id": error.request_id,
    }


def _outcome(
    call: Callable[[], object], read: Callable[[Exception], dict[str, Any] | None]
) -> dict[str, Any]:
    """What the call raised; a `problem` if that is not the error of an answer."""
    nothing = dict.fromkeys(("class", "status", "code", "type", "param", "request_id"))
    try:
        call()
    except Exception as error:
        fields = read(error)
        if fields is not None:
            return {**nothing, **fields}
        # A case that fails in some other way is a row like any other, and the rest goes on.
        problem = f"not an answer of the server: {error}"
        return {**nothing, "class": type(error).__name__, "problem": problem}
    return {**nothing, "problem": "the call succeeded"}
