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
    """Validates the body of an error by the schema of its operation and status, and checks the names of headers."""
    import jsonschema_rs

    components = document["components"]
    schemas, paths = {}, []
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if not isinstance(operation, dict) or "responses" not in operation:
                continue
            paths.append((method.upper(), path.split("/"), operation["operationId"]))
            for status, response in operation["responses"].items():
                name = response.get("$ref", "").rsplit("/", 1)[-1]
                response = components["responses"].get(name, response)
                required = [key for key, header in response.get("headers", {}).items() if is_required(header, components)]
                for media_type, content in response.get("content", {}).items():
                    schema = {"components": components, **content["schema"]}
                    validator = jsonschema_rs.Draft202012Validator(schema)
                    key = (operation["operationId"], int(status), media_type)
                    schemas[key] = (validator, [name.lower() for name in required])

    def find(method, path):
        parts = path.split("/")
        for known, segments, operation in paths:
            if known == method and len(parts) == len(segments):
                if all(b.startswith("{") or a == b for a, b in zip(parts, segments)):
                    return operation
        return None

    def check(line):
        if line["status"] < 400:
            return
        operation = find(line["method"], line["target"].split("?")[0])
        validator, required = schemas[operation, line["status"], line["headers"]["content-type"]]
        if not all(name in line["headers"] for name in required):
            raise ValueError("a header is missing")
        validator.validate(json.loads(line["body"]))

    return check


def is_required(header, components):
    name = header.get("$ref", "").rsplit("/", 1)[-1]
    return components["headers"].get(name, header).get("required", False)


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
