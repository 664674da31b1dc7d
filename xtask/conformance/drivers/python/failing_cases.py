"""Drives a client against `failing_server.py`: `failing_cases.py CLIENT ADDRESS RESPONSES STREAMS`.

RESPONSES and STREAMS are names of cases, separated by commas. It prints the version of the client, then a
JSON object for each case: what the client raised, or that the call ended as if it had succeeded.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

import report
from report import Row

# Without this, litellm downloads its list of prices.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

MESSAGES: list[Any] = [{"role": "user", "content": "Hello"}]

Call = Callable[[str, bool], object]


def use_up(chunks: object) -> None:
    if isinstance(chunks, Iterable):
        for _ in chunks:
            pass


def openai(address: str) -> Call:
    import openai.resources

    client = openai.OpenAI(base_url=f"{address}/v1", api_key="sk-demo")

    def call(case: str, is_stream: bool) -> object:
        return client.chat.completions.create(model=case, messages=MESSAGES, stream=is_stream)

    return call


def langchain(address: str) -> Call:
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    def call(case: str, is_stream: bool) -> object:
        chat = ChatOpenAI(base_url=f"{address}/v1", api_key=SecretStr("sk-demo"), model=case)
        return chat.stream("Hello") if is_stream else chat.invoke("Hello")

    return call


def litellm(address: str) -> Call:
    import litellm

    litellm.suppress_debug_info = True

    def call(case: str, is_stream: bool) -> object:
        return litellm.completion(
            model=f"openai/{case}",
            messages=MESSAGES,
            api_base=f"{address}/v1",
            api_key="sk-demo",
            stream=is_stream,
        )

    return call


def anthropic(address: str) -> Call:
    from anthropic import Anthropic

    client = Anthropic(base_url=address, api_key="sk-demo")

    def call(case: str, is_stream: bool) -> object:
        return client.messages.create(
            model=case, messages=MESSAGES, max_tokens=9, stream=is_stream
        )

    return call


def google(address: str) -> Call:
    from google import genai
    from google.genai.types import HttpOptions

    client = genai.Client(api_key="sk-demo", http_options=HttpOptions(base_url=address))

    def call(case: str, is_stream: bool) -> object:
        models = client.models
        start = models.generate_content_stream if is_stream else models.generate_content
        return start(model=case, contents="Hello")

    return call


def read(error: Exception) -> Row:
    """The attributes of most clients."""
    return {
        "status": getattr(error, "status_code", None),
        "code": getattr(error, "code", None),
        "type": getattr(error, "type", None),
        "request_id": getattr(error, "request_id", None),
    }


def read_google(error: Exception) -> Row:
    """An `APIError` of Google calls the status `code` and the type `status`."""
    return {
        "status": getattr(error, "code", None),
        "code": None,
        "type": getattr(error, "status", None),
        "request_id": None,
    }


# The package of each client, its calls, and how its errors are read.
CLIENTS: dict[str, tuple[str, Callable[[str], Call], Callable[[Exception], Row]]] = {
    "openai": ("openai", openai, read),
    "langchain-openai": ("langchain-openai", langchain, read),
    "litellm": ("litellm", litellm, read),
    "anthropic": ("anthropic", anthropic, read),
    "google-genai": ("google-genai", google, read_google),
}


def main(client: str, address: str, responses: str, streams: str) -> None:
    package, connect, fields_of = CLIENTS[client]
    call = connect(address)

    def row(named: tuple[str, bool]) -> Row:
        case, is_stream = named
        try:
            use_up(call(case, is_stream))
        except Exception as error:
            fields = {name: None if it is None else str(it) for name, it in fields_of(error).items()}
            seen = {"class": type(error).__name__, "text": repr_of(error), **fields}
            return {"case": case, "error": seen}
        return {"case": case, "error": None}

    cases = [(case, False) for case in responses.split(",")]
    cases += [(case, True) for case in streams.split(",")]
    report.print_rows(package, package, cases, row)


def repr_of(error: Exception) -> str:
    """What a log shows of an error, and what it carries of the body."""
    return f"{error} {getattr(error, 'body', '')}"


if __name__ == "__main__":
    main(*sys.argv[1:])
