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

import httpx

# The clients take keys, addresses and tracing from these variables, and the rows must not depend on
# what a machine happens to hold.
PREFIXES = ("ANTHROPIC_", "GEMINI_", "GOOGLE_", "LANGCHAIN_", "LANGSMITH_", "LITELLM_", "OPENAI_")
for variable in list(os.environ):
    if variable.startswith(PREFIXES) or variable.lower().endswith("_proxy"):
        del os.environ[variable]

# The case of a connection that is cut in the middle of a stream: its error is not one of the server.
CUT = "cut_stream"

FIELDS = ("class", "status", "code", "type", "param", "request_id")

Row = dict[str, Any]


class Counting:
    """Makes an HTTP client count its requests, leave out headers, and ask no proxy."""

    def __init__(self) -> None:
        self.attempts = 0
        self.left_out: list[str] = []
        hooks = {"request": [self._count]}
        super().__init__(trust_env=False, event_hooks=hooks)  # type: ignore[call-arg]

    def _count(self, request: Any) -> None:
        self.attempts += 1
        for header in self.left_out:
            request.headers.pop(header, None)

    def leave_out(self, header: str) -> None:
        """Sends no such header, whatever the client insists on."""
        self.left_out.append(header)


class Transport(Counting, httpx.Client):
    """A usual HTTP client, for clients that take any."""


def run(
    client: str,
    package: str,
    cases: Sequence[tuple[Any, ...]],
    send: Callable[..., object],
    read: Callable[[Exception], Row | None],
    *,
    streams: Sequence[tuple[Any, ...]] = (),
    transport: Callable[[], Any] = Transport,
) -> None:
    """Sends all cases at once and prints their rows in the order of the lists.

    `send` takes the address of the server, a fresh transport and what a case holds after its name. Of a case in
    `streams` it returns the chunks. `read` gives what a row tells of an error that `send` or the stream raises.
    """
    if len(sys.argv) != 2 or not sys.argv[1].startswith(("http://", "https://")):
        print(f"usage: {os.path.basename(sys.argv[0])} http://127.0.0.1:4000", file=sys.stderr)
        sys.exit(2)
    address = sys.argv[1].rstrip("/")

    def row(case: tuple[Any, ...], is_stream: bool) -> Row:
        name, *rest = case
        with transport() as fresh:
            call = Call(lambda: send(address, fresh, *rest), is_stream)
            outcome = call.outcome(name, read)
            told = {"client": client, "case": name, "stream": is_stream}
            return {**told, **outcome, "attempts": fresh.attempts}

    calls = [(case, False) for case in cases] + [(case, True) for case in streams]
    print_rows(client, package, calls, lambda call: row(*call))


def print_rows(
    client: str, package: str, cases: Sequence[Any], row: Callable[[Any], Row]
) -> None:
    """Prints the version of a client, and the rows of all cases."""
    print(json.dumps({"client": client, "version": version(package)}), flush=True)
    with ThreadPoolExecutor(len(cases)) as pool:
        for done in pool.map(row, cases):
            print(json.dumps(done), flush=True)


class Call:
    """A call of a client, whose stream is read to its end."""

    def __init__(self, send: Callable[[], Any], is_stream: bool) -> None:
        self.send = send
        self.is_stream = is_stream
        self.chunks = 0

    def make(self) -> None:
        answer = self.send()
        if self.is_stream:
            for _ in answer:
                self.chunks += 1

    def outcome(self, name: str, read: Callable[[Exception], Row | None]) -> Row:
        """What the call raised; a `problem` if that is not the error of the case."""
        nothing: Row = dict.fromkeys(FIELDS)
        try:
            self.make()
        except Exception as error:
            seen = {**nothing, "class": type(error).__name__}
            fields = read(error)
            if fields is None and name != CUT:
                # A case that fails in some other way is a row like any other, and the rest goes on.
                return {**seen, "problem": f"not an answer of the server: {error}"}
            if (self.chunks > 0) != name.endswith("_stream"):
                return {**seen, "problem": f"the error came after {self.chunks} chunks"}
            return {**seen, **(fields or {})}
        return {**nothing, "problem": "the call succeeded"}
