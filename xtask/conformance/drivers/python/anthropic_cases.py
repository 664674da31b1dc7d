"""Drives the official `anthropic` client against a server: `anthropic_cases.py http://127.0.0.1:4000`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anthropic
from anthropic import Anthropic

import report

Request = Callable[[Anthropic], object]
Case = tuple[str, str | None, Request]

HELLO: list[Any] = [{"role": "user", "content": "Hello"}]


class Transport(report.Counting, anthropic.DefaultHttpxClient):
    """The HTTP client that `anthropic` makes for itself."""


LARGE = [{"role": "user", "content": "x" * (3 << 20)}]


def message(model: str, messages: list[Any] = HELLO, *, stream: bool) -> Request:
    return lambda client: client.messages.create(
        model=model, max_tokens=9, messages=messages, stream=stream
    )


def count_tokens(client: Anthropic) -> object:
    return client.messages.count_tokens(model="gpt-small", messages=HELLO)


def messages(stream: bool) -> list[Case]:
    """The wire code of each case, or the type and the status if it has none; the key, or None to send
    no key at all; the request."""
    return [
        ("missing_api_key", None, message("gpt-small", stream=stream)),
        ("invalid_api_key", "sk-unknown", message("gpt-small", stream=stream)),
        ("expired_api_key", "sk-expired", message("gpt-small", stream=stream)),
        ("model_not_found", "sk-demo", message("no-such-model", stream=stream)),
        ("model_not_supported", "sk-free", message("gpt-large", stream=stream)),
        ("rate_limit_exceeded", "sk-busy", message("gpt-small", stream=stream)),
        ("insufficient_credits", "sk-broke", message("gpt-small", stream=stream)),
        ("server_error_500", "sk-demo", message("upstream-crash", stream=stream)),
        ("server_error_502", "sk-demo", message("upstream-down", stream=stream)),
        ("server_error_503", "sk-demo", message("upstream-busy", stream=stream)),
        ("server_error_504", "sk-demo", message("upstream-slow", stream=stream)),
        # A message without content, and a body above the limit, do not reach the handler.
        (
            "invalid_request_error_400",
            "sk-demo",
            message("gpt-small", [{"role": "user"}], stream=stream),
        ),
        ("invalid_request_error_413", "sk-demo", message("gpt-small", LARGE, stream=stream)),
    ]


CASES: list[Case] = [
    *messages(stream=False),
    ("invalid_request_error_404", "sk-demo", count_tokens),
    ("invalid_request_error_404", "sk-demo", lambda client: client.messages.batches.list()),
    (
        "invalid_request_error_405",
        "sk-demo",
        lambda client: client.get("/v1/messages", cast_to=object),
    ),
]

STREAMS: list[Case] = [
    *messages(stream=True),
    ("server_error_502_in_stream", "sk-demo", message("upstream-breaks", stream=True)),
    ("cut_stream", "sk-demo", message("upstream-hangs-up", stream=True)),
]


def send(address: str, transport: Transport, key: str | None, request: Request) -> object:
    if key is None:
        transport.leave_out("authorization")
    client = Anthropic(base_url=address, api_key=key or "none", http_client=transport)
    return request(client)


def read(error: Exception) -> report.Row | None:
    if not isinstance(error, anthropic.APIStatusError):
        return None
    body = error.body if isinstance(error.body, dict) else {}
    return {
        "status": error.status_code,
        "type": error.type,
        # The attribute is from a header that only Anthropic's own API has.
        "request_id": body.get("request_id"),
    }


if __name__ == "__main__":
    report.run(
        "anthropic-python", "anthropic", CASES, send, read, streams=STREAMS, transport=Transport
    )
