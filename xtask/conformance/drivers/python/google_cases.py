"""Drives the official `google-genai` client against a server: `google_cases.py http://127.0.0.1:4000`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from google import genai
from google.genai.errors import APIError
from google.genai.types import Content, HttpOptions, Part

import report

Request = Callable[[genai.Client], object]
Case = tuple[str, str | None, Request]


def content(model: str, contents: Any = "Hello", *, stream: bool) -> Request:
    def request(client: genai.Client) -> object:
        models = client.models
        call = models.generate_content_stream if stream else models.generate_content
        return call(model=model, contents=contents)

    return request


def count_tokens(client: genai.Client) -> object:
    return client.models.count_tokens(model="gpt-small", contents="Hello")


LARGE = "x" * (3 << 20)
AUDIO = [Part.from_bytes(data=b"RIFF", mime_type="audio/wav")]


def contents(stream: bool) -> list[Case]:
    """The wire code of each case, or the type and the status if it has none; the key, or None to send
    no key at all; the request."""
    return [
        ("missing_api_key", None, content("gpt-small", stream=stream)),
        ("invalid_api_key", "sk-unknown", content("gpt-small", stream=stream)),
        ("expired_api_key", "sk-expired", content("gpt-small", stream=stream)),
        ("model_not_found", "sk-demo", content("no-such-model", stream=stream)),
        ("model_not_supported", "sk-free", content("gpt-large", stream=stream)),
        ("rate_limit_exceeded", "sk-busy", content("gpt-small", stream=stream)),
        ("insufficient_credits", "sk-broke", content("gpt-small", stream=stream)),
        ("audio_not_supported_by_model", "sk-demo", content("claude-text", AUDIO, stream=stream)),
        ("server_error_500", "sk-demo", content("upstream-crash", stream=stream)),
        ("server_error_502", "sk-demo", content("upstream-down", stream=stream)),
        ("server_error_503", "sk-demo", content("upstream-busy", stream=stream)),
        ("server_error_504", "sk-demo", content("upstream-slow", stream=stream)),
        # A content without parts, and a body above the limit, do not reach the handler.
        (
            "invalid_request_error_400",
            "sk-demo",
            content("gpt-small", [Content(role="user")], stream=stream),
        ),
        ("invalid_request_error_413", "sk-demo", content("gpt-small", LARGE, stream=stream)),
    ]


CASES: list[Case] = [
    *contents(stream=False),
    ("invalid_request_error_404", "sk-demo", count_tokens),
    ("invalid_request_error_404", "sk-demo", lambda client: client.models.list()),
    ("invalid_request_error_405", "sk-demo", lambda client: client.models.get(model="gpt-small")),
]

STREAMS: list[Case] = [
    *contents(stream=True),
    ("server_error_502_in_stream", "sk-demo", content("upstream-breaks", stream=True)),
    ("cut_stream", "sk-demo", content("upstream-hangs-up", stream=True)),
]


def send(
    address: str, transport: report.Transport, key: str | None, request: Request
) -> object:
    if key is None:
        transport.leave_out("x-goog-api-key")
    # The version is a part of the path, and the client has another one by default.
    options = HttpOptions(base_url=address, api_version="v1beta", httpx_client=transport)
    return request(genai.Client(api_key=key or "none", http_options=options))


def read(error: Exception) -> report.Row | None:
    if not isinstance(error, APIError):
        return None
    details = error.details["error"].get("details", [])
    by_type = {detail["@type"].rpartition(".")[2]: detail for detail in details}
    (violation,) = by_type.get("BadRequest", {}).get("fieldViolations") or [{}]
    return {
        # What the others call the status and the type.
        "status": error.code,
        "type": error.status,
        "code": by_type.get("ErrorInfo", {}).get("reason"),
        "param": violation.get("field"),
        "request_id": by_type.get("RequestInfo", {}).get("requestId"),
    }


if __name__ == "__main__":
    report.run("google-genai", "google-genai", CASES, send, read, streams=STREAMS)
