"""A server that answers as another does, but for one fault in every error, or none:
`altering_proxy.py FAULT http://127.0.0.1:4000`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import httpx
from serve import serve
from werkzeug.wrappers import Request, Response


class Answer:
    """The answer of the other server."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        kept = ("content-type", "retry-after", "x-request-id", "x-should-retry")
        self.headers = {name: response.headers[name] for name in kept if name in response.headers}
        self.content = response.content

    def change(self, **members: Any) -> None:
        """Changes members of the error in the body."""
        body = json.loads(self.content)
        body["error"].update(members)
        self.content = json.dumps(body).encode()


def nothing(_answer: Answer) -> None:
    """No fault: what is found then is a fault of this proxy."""


def other_status(answer: Answer) -> None:
    """A status that every operation has, and that no error is sent with twice."""
    answer.status = 400 if answer.status != 400 else 413


def undocumented_status(answer: Answer) -> None:
    answer.status = 418


def other_type(answer: Answer) -> None:
    answer.change(type="type_of_tomorrow")


def other_code(answer: Answer) -> None:
    answer.change(code="code_of_tomorrow")


def other_member(answer: Answer) -> None:
    answer.change(stack="src/main.rs:1")


def no_message(answer: Answer) -> None:
    answer.change(message="")


def no_request_id(answer: Answer) -> None:
    del answer.headers["x-request-id"]


def other_media_type(answer: Answer) -> None:
    answer.headers["content-type"] = "text/html"


FAULTS: dict[str, Callable[[Answer], None]] = {
    fault.__name__: fault
    for fault in (
        nothing,
        other_status,
        undocumented_status,
        other_type,
        other_code,
        other_member,
        no_message,
        no_request_id,
        other_media_type,
    )
}


def forward(request: Request, address: str) -> Answer:
    """The answer of the other server to a request."""
    dropped = ("host", "connection", "content-length", "accept-encoding", "transfer-encoding")
    headers = [(name, value) for name, value in request.headers if name.lower() not in dropped]
    with httpx.Client(trust_env=False, timeout=30) as client:
        # The path as it was sent: decoded it could be another one.
        url = address + request.environ["RAW_URI"]
        content = request.get_data()
        return Answer(client.request(request.method, url, headers=headers, content=content))


def main() -> None:
    if len(sys.argv) != 3 or sys.argv[1] not in FAULTS:
        print("usage: altering_proxy.py FAULT http://127.0.0.1:4000", file=sys.stderr)
        print(f"FAULT is one of {', '.join(FAULTS)}", file=sys.stderr)
        sys.exit(2)
    alter, address = FAULTS[sys.argv[1]], sys.argv[2].rstrip("/")

    def answer(request: Request) -> Response:
        answer = forward(request, address)
        if answer.status >= 400:
            alter(answer)
        return Response(answer.content, answer.status, answer.headers)

    serve(answer)


if __name__ == "__main__":
    main()
