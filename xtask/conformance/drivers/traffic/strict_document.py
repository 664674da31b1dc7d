"""Checks exchanges in JSON lines against the strict OpenAPI document, and prints lines per second.

Usage: strict_document.py DOCUMENT FILE openapi-core|jsonschema-rs LINES
"""

import gzip
import json
import sys
import time
from itertools import islice
from urllib.parse import urlsplit

import yaml


def with_openapi_core(document):
    """Validates the whole response: status, media type, headers and body."""
    from openapi_core import OpenAPI
    from openapi_core.datatypes import RequestParameters
    from werkzeug.datastructures import Headers

    api = OpenAPI.from_dict(document)

    class Request:
        def __init__(self, line):
            url = urlsplit("https://localhost" + line["target"])
            self.host_url = "https://localhost"
            self.path = url.path
            self.method = line["method"].lower()
            self.body = None
            self.content_type = ""
            self.parameters = RequestParameters(header=Headers(line["request_headers"]))

        @property
        def full_url_pattern(self):
            return self.host_url + self.path

    class Response:
        def __init__(self, line):
            self.data = line["body"].encode()
            self.status_code = line["status"]
            self.content_type = line["headers"]["content-type"]
            self.headers = Headers(line["headers"])

    def check(line):
        api.validate_response(Request(line), Response(line))

    return check


def with_jsonschema_rs(document):
    """Validates what the document states of a response: its status, its media type, its headers and its body."""
    import jsonschema_rs

    components = document["components"]
    responses, paths = {}, []

    def validator(schema):
        return jsonschema_rs.Draft202012Validator({"components": components, **schema})

    def resolved(entry, kind):
        return components[kind][entry["$ref"].rsplit("/", 1)[-1]] if "$ref" in entry else entry

    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if not isinstance(operation, dict) or "responses" not in operation:
                continue
            paths.append((method.upper(), path.split("/"), operation["operationId"]))
            for status, response in operation["responses"].items():
                response = resolved(response, "responses")
                headers = []
                for name, header in response.get("headers", {}).items():
                    header = resolved(header, "headers")
                    is_integer = header["schema"].get("type") == "integer"
                    headers.append((name.lower(), header.get("required", False), is_integer, validator(header["schema"])))
                bodies = {key: validator(content["schema"]) for key, content in response.get("content", {}).items()}
                responses[operation["operationId"], int(status)] = (headers, bodies)

    def find(method, path):
        parts = path.split("/")
        for known, segments, operation in paths:
            if known == method and len(parts) == len(segments):
                if all(b.startswith("{") or a == b for a, b in zip(parts, segments)):
                    return operation
        return None

    def check(line):
        operation = find(line["method"], line["target"].split("?")[0])
        headers, bodies = responses[operation, line["status"]]
        sent = line["headers"]
        for name, required, is_integer, known in headers:
            value = sent.get(name)
            if value is None:
                if required:
                    raise ValueError("a header is missing")
                continue
            known.validate(int(value) if is_integer else value)
        if bodies:
            bodies[sent["content-type"]].validate(json.loads(line["body"]))

    return check


def main():
    document_path, path, tool, count = sys.argv[1:]
    document = yaml.load(open(document_path), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    check = {"openapi-core": with_openapi_core, "jsonschema-rs": with_jsonschema_rs}[tool](document)
    checked = failed = 0
    example = ""
    start = time.perf_counter()
    with gzip.open(path, "rt") as lines:
        for line in islice(lines, int(count)):
            try:
                check(json.loads(line))
            except Exception as error:
                failed += 1
                example = example or f"{type(error).__name__}: {error}"[:200]
            checked += 1
    seconds = time.perf_counter() - start
    print(json.dumps({"exchanges": checked, "failed": failed, "example": example, "seconds": seconds}))


main()
