"""Drives the official `openai` client against a server: `openai_cases.py http://127.0.0.1:4000`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import openai

# The client imports these when a call first needs them. When several threads do so at once, Python
# finds a deadlock of import locks and the calls fail.
import openai.resources
from openai import Omit, OpenAI

import report

Request = Callable[[OpenAI], object]
Case = tuple[str, str, Request]

# The client insists on a key, and refuses a header that is omitted for all calls.
WITHOUT_KEY = {"Authorization": Omit()}


class Transport(report.Counting, openai.DefaultHttpxClient):
    """The HTTP client that `openai` makes for itself."""


def list_models(client: OpenAI) -> object:
    return client.models.list()


def list_models_without_key(client: OpenAI) -> object:
    return client.models.list(extra_headers=WITHOUT_KEY)


def chat(
    model: str, content: Any = "Hello", *, stream: bool = False, headers: Mapping[str, Any] = {}
) -> Request:
    messages: Any = [{"role": "user", "content": content}]
    return lambda client: client.chat.completions.create(
        model=model, messages=messages, stream=stream, extra_headers=headers
    )


def upload(name: str, content: bytes, mime: str) -> Request:
    file = (name, content, mime)
    return lambda client: client.files.create(file=file, purpose="assistants")


def retrieve_file(file: str) -> Request:
    return lambda client: client.files.retrieve(file)


def contact(**body: str) -> Request:
    return lambda client: client.post("/contact", cast_to=object, body=body)


TWO_MEBIBYTES = b"x" * (2 << 20)
AUDIO = [{"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}}]


def chats(stream: bool) -> list[Case]:
    """The errors of chats only."""
    return [
        ("model_not_found", "sk-demo", chat("no-such-model", stream=stream)),
        ("model_not_supported", "sk-free", chat("gpt-large", stream=stream)),
        ("insufficient_credits", "sk-broke", chat("gpt-small", stream=stream)),
        ("audio_not_supported_by_model", "sk-demo", chat("claude-text", AUDIO, stream=stream)),
        ("server_error_500", "sk-demo", chat("upstream-crash", stream=stream)),
        ("server_error_502", "sk-demo", chat("upstream-down", stream=stream)),
        ("server_error_503", "sk-demo", chat("upstream-busy", stream=stream)),
        ("server_error_504", "sk-demo", chat("upstream-slow", stream=stream)),
    ]


def refused_chats(stream: bool) -> list[Case]:
    """Chats that reach no handler: a number as content, and a body above the limit."""
    return [
        ("invalid_request_error_400", "sk-demo", chat("gpt-small", 7, stream=stream)),
        ("invalid_request_error_413", "sk-demo", chat("gpt-small", "x" * (3 << 20), stream=stream)),
    ]


# The wire code of each case, or the type and the status if it has none; the key; the request.
CASES: list[Case] = [
    ("missing_api_key", "sk-demo", list_models_without_key),
    ("invalid_api_key", "sk-unknown", list_models),
    ("expired_api_key", "sk-expired", list_models),
    ("file_too_large", "sk-demo", upload("big.txt", TWO_MEBIBYTES, "text/plain")),
    ("file_count_quota_exceeded", "sk-many-files", upload("note.txt", b"Hello", "text/plain")),
    ("storage_quota_exceeded", "sk-full", upload("note.txt", b"Hello", "text/plain")),
    ("unsupported_file_type", "sk-demo", upload("setup.exe", b"MZ", "application/x-msdownload")),
    ("mime_mismatch", "sk-demo", upload("photo.png", b"This is plain text.", "image/png")),
    ("file_not_found", "sk-demo", retrieve_file("file-missing")),
    ("captcha_required", "sk-demo", contact(message="Hello")),
    ("captcha_failed", "sk-demo", contact(message="Hello", captcha="wrong")),
    ("rate_limit_exceeded", "sk-busy", list_models),
    *chats(stream=False),
]

# The errors that no handler sends.
OF_FRAMEWORK: list[Case] = [
    *refused_chats(stream=False),
    ("invalid_request_error_404", "sk-demo", lambda client: client.batches.list()),
    ("invalid_request_error_405", "sk-demo", lambda client: client.models.delete("gpt-small")),
]

STREAMS: list[Case] = [
    ("missing_api_key", "sk-demo", chat("gpt-small", stream=True, headers=WITHOUT_KEY)),
    ("invalid_api_key", "sk-unknown", chat("gpt-small", stream=True)),
    ("expired_api_key", "sk-expired", chat("gpt-small", stream=True)),
    ("rate_limit_exceeded", "sk-busy", chat("gpt-small", stream=True)),
    *chats(stream=True),
    *refused_chats(stream=True),
    ("server_error_502_in_stream", "sk-demo", chat("upstream-breaks", stream=True)),
    ("cut_stream", "sk-demo", chat("upstream-hangs-up", stream=True)),
]


def send(address: str, transport: Transport, key: str, request: Request) -> object:
    return request(OpenAI(base_url=f"{address}/v1", api_key=key, http_client=transport))


def read(error: Exception) -> report.Row | None:
    if not isinstance(error, openai.APIError) or isinstance(error, openai.APIConnectionError):
        return None
    body = error.body if isinstance(error.body, dict) else {}
    return {
        # The error of a stream has neither of these attributes.
        "status": getattr(error, "status_code", None),
        "request_id": getattr(error, "request_id", body.get("request_id")),
        "code": error.code,
        "type": error.type,
        "param": error.param,
    }


if __name__ == "__main__":
    cases = CASES + OF_FRAMEWORK
    report.run("openai-python", "openai", cases, send, read, streams=STREAMS, transport=Transport)
