"""Judges with schemathesis what a server answers: `contract_cases.py DOCUMENT http://127.0.0.1:4000`.

The requests are those of `openai_cases.py`, one for each error. Each response is compared with what
the document says of its operation: the status, the media type, the headers and the body. One JSON
object is printed for each case, with the `fault` that was found, if any.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version

import httpx
import openai
import schemathesis
from openai_cases import CASES, Request, Transport
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def judge(schema: schemathesis.BaseSchema, address: str, key: str, request: Request) -> str | None:
    """What is wrong with the answer to a request."""
    answers: list[httpx.Response] = []
    with Transport() as transport:
        # schemathesis reads the request too, and a form that was sent is gone.
        transport.event_hooks["request"].append(httpx.Request.read)
        transport.event_hooks["response"].append(answers.append)
        client = openai.OpenAI(
            base_url=f"{address}/v1", api_key=key, http_client=transport, max_retries=0
        )
        try:
            request(client)
        except openai.APIStatusError:
            pass
        except openai.OpenAIError as error:
            return f"not an answer of the server: {error}"
        else:
            return "the call succeeded"
    (answer,) = answers
    sent = answer.request
    operation = schema.find_operation_by_path(sent.method, sent.url.path)
    if operation is None:
        return f"the document has no {sent.method} {sent.url.path}"
    parameters = dict(zip(("model", "file_id"), [sent.url.path.rsplit("/", 1)[-1]] * 2))
    case = operation.Case(path_parameters=parameters)
    try:
        case.validate_response(answer, checks=CHECKS)
    except FailureGroup as group:
        return "; ".join(_line(failure) for failure in group.exceptions)
    except Failure as failure:
        return _line(failure)
    return None


def _line(failure: Exception) -> str:
    said = getattr(failure, "message", "") or str(failure)
    return " ".join(f"{getattr(failure, 'title', type(failure).__name__)}: {said}".split())[:300]


def main() -> None:
    if len(sys.argv) != 3:
        print("usage: contract_cases.py DOCUMENT http://127.0.0.1:4000", file=sys.stderr)
        sys.exit(2)
    document, address = sys.argv[1], sys.argv[2].rstrip("/")
    schema = schemathesis.openapi.from_path(document)
    print(json.dumps({"client": "schemathesis", "version": version("schemathesis")}))
    for name, key, request in CASES:
        print(json.dumps({"subject": name, "fault": judge(schema, address, key, request)}))


if __name__ == "__main__":
    main()
