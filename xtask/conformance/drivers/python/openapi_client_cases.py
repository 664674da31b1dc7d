"""Drives the client that openapi-python-client makes of the document of the example server, errors
included: `openapi_client_cases.py http://127.0.0.1:4000`, with the package `client` where Python finds it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import report
from client import AuthenticatedClient, Client
from client.api.account import send_contact_message
from client.api.chat import create_chat_completion
from client.api.files import get_file, upload_file
from client.api.models import list_models
from client.models import (
    Audio,
    ChatRequest,
    ContactForm,
    ErrorCode,
    ErrorEnvelope,
    Part,
    Question,
    Upload,
)
from client.types import UNSET, File, Response, Unset

Call = Callable[[Any], Response[Any]]


def chat(model: str, content: str | list[Part] = "Hello") -> Call:
    question = Question(role="user", content=content)
    request = ChatRequest(model=model, messages=[question])
    return lambda client: create_chat_completion.sync_detailed(client=client, body=request)


def upload(name: str, content: bytes, mime: str) -> Call:
    def call(client: Any) -> Response[Any]:
        form = Upload(file=File(io.BytesIO(content), name, mime), purpose="assistants")
        return upload_file.sync_detailed(client=client, body=form)

    return call


def models(client: Any) -> Response[Any]:
    return list_models.sync_detailed(client=client)


def missing_file(client: Any) -> Response[Any]:
    return get_file.sync_detailed("file-missing", client=client)


def contact(captcha: str | Unset = UNSET) -> Call:
    form = ContactForm(message="Hello", captcha=captcha)
    return lambda client: send_contact_message.sync_detailed(client=client, body=form)


TWO_MEBIBYTES = b"x" * (2 << 20)
AUDIO = [Part(type_="input_audio", input_audio=Audio(data="UklGRg==", format_="wav"))]

# The wire code of each case, or the status where the wire has no code; the key, or None to send no
# key at all; the call.
CASES: list[tuple[str, str | None, Call]] = [
    ("missing_api_key", None, models),
    ("invalid_api_key", "sk-unknown", models),
    ("expired_api_key", "sk-expired", models),
    ("model_not_found", "sk-demo", chat("no-such-model")),
    ("model_not_supported", "sk-free", chat("gpt-large")),
    ("file_too_large", "sk-demo", upload("big.txt", TWO_MEBIBYTES, "text/plain")),
    ("file_count_quota_exceeded", "sk-many-files", upload("note.txt", b"Hello", "text/plain")),
    ("storage_quota_exceeded", "sk-full", upload("note.txt", b"Hello", "text/plain")),
    ("unsupported_file_type", "sk-demo", upload("setup.exe", b"MZ", "application/x-msdownload")),
    ("mime_mismatch", "sk-demo", upload("photo.png", b"This is plain text.", "image/png")),
    ("file_not_found", "sk-demo", missing_file),
    ("captcha_required", None, contact()),
    ("captcha_failed", None, contact("wrong")),
    ("rate_limit_exceeded", "sk-busy", models),
    ("insufficient_credits", "sk-broke", chat("gpt-small")),
    ("audio_not_supported_by_model", "sk-demo", chat("claude-text", AUDIO)),
    ("server_error_500", "sk-demo", chat("upstream-crash")),
    ("server_error_502", "sk-demo", chat("upstream-down")),
    ("server_error_503", "sk-demo", chat("upstream-busy")),
    ("server_error_504", "sk-demo", chat("upstream-slow")),
]


class Refused(Exception):
    """The call was answered with an error."""

    def __init__(self, response: Response[Any], envelope: ErrorEnvelope) -> None:
        super().__init__(envelope.error.message)
        self.response = response
        self.error = envelope.error


def send(address: str, transport: report.Transport, key: str | None, call: Call) -> object:
    transport.base_url = address
    if key is None:
        response = call(Client(base_url=address).set_httpx_client(transport))
    else:
        # The client has its headers from the transport, once it was given one.
        transport.headers["Authorization"] = f"Bearer {key}"
        client = AuthenticatedClient(base_url=address, token=key)
        response = call(client.set_httpx_client(transport))
    if isinstance(response.parsed, ErrorEnvelope):
        raise Refused(response, response.parsed)
    return response


def read(error: Exception) -> dict[str, Any] | None:
    if not isinstance(error, Refused):
        return None
    code = error.error.code or None
    known = set(map(str, ErrorCode))
    # Only the codes of a newer server are in no list.
    if code is not None and code not in known and not code.endswith("_of_tomorrow"):
        raise AssertionError(f"ErrorCode does not have {code}")
    return {
        "status": int(error.response.status_code),
        "code": code,
        "type": error.error.type_,
        "param": error.error.param or None,
        "request_id": error.response.headers["x-request-id"],
    }


if __name__ == "__main__":
    report.run("openapi-python-client", "openapi-python-client", CASES, send, read)
