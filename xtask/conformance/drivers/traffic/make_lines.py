"""Makes exchanges with the example API as JSON lines in gzip: mostly answers, and errors of every code.

Usage: make_lines.py DOCUMENT ERRORS LINES FILE

DOCUMENT is openapi.json, whose examples are the bodies, and ERRORS is errors.json. The lines are made in blocks, which
repeat: a gzip file can have several members.
"""

import gzip
import json
import random
import sys

BLOCK = 50_000


def errors_of(document, catalog):
    """For each operation: its method, its path, and its errors with status, media type and body."""
    retries = {code["name"]: code["retry"] for code in catalog["codes"]}
    components = document["components"]["responses"]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if not isinstance(operation, dict) or "responses" not in operation:
                continue
            errors = []
            for status, response in operation["responses"].items():
                name = response.get("$ref", "").rsplit("/", 1)[-1]
                response = components.get(name, response)
                if not status.startswith(("4", "5")):
                    continue
                for media_type, content in response.get("content", {}).items():
                    for key, example in content.get("examples", {}).items():
                        if "$ref" in example:
                            key = example["$ref"].rsplit("/", 1)[-1]
                            example = document["components"]["examples"][key]
                        code = key.split(" ")[0]
                        # Codes alone: what else an example shows depends on the style.
                        if code in retries and code in operation.get("x-codes", retries):
                            body = example["value"]
                            errors.append((int(status), media_type, code, retries[code], body))
            yield method.upper(), path, operation["operationId"], errors


def main():
    document_path, errors_path, lines, out = sys.argv[1:]
    document, catalog = json.load(open(document_path)), json.load(open(errors_path))
    operations = [entry for entry in errors_of(document, catalog) if entry[3]]
    listed = {entry["id"]: set(entry["codes"]) for entry in catalog["operations"]}
    styles = {entry["id"]: entry["styles"] for entry in catalog["operations"]}
    # The body of the default style has a member `error` with a message and a type.
    plain = [entry for entry in operations if styles[entry[2]] == ["openai"]]
    draw = random.Random(7)
    block = []
    for number in range(BLOCK):
        method, path, operation, errors = draw.choice(plain)
        errors = [error for error in errors if error[2] in listed[operation]]
        errors = [error for error in errors if "code" in error[4].get("error", {})]
        target = path.replace("{", "").replace("}", f"-{number}") + "?limit=20"
        request = {
            "accept": "application/json",
            "authorization": "Bearer sk-0000000000000000",
            "user-agent": "bench/1.0",
        }
        headers = {"x-request-id": f"req_{draw.getrandbits(64):016x}", "date": "Mon, 30 Nov 2026 12:00:00 GMT"}
        if errors and draw.random() < 0.2:
            status, media_type, code, retry, body = draw.choice(errors)
            if draw.random() < 0.5:
                # A message that no other body has.
                message = f"{body['error']['message']} ({number})"
                body = {"error": {**body["error"], "message": message}}
            headers["content-type"] = media_type
            headers["x-should-retry"] = "false" if retry == "never" else "true"
            if retry == "after":
                headers["retry-after"] = "1"
        else:
            status = 200
            headers["content-type"] = "application/json"
            body = {"id": f"obj_{number}", "object": "thing", "created": 1700000000 + number, "data": [1, 2, 3]}
        block.append(
            {
                "method": method,
                "target": target,
                "status": status,
                "request_headers": request,
                "headers": headers,
                "body": json.dumps(body, separators=(",", ":")),
            }
        )
    lines = int(lines)
    text = [json.dumps(line, separators=(",", ":")) + "\n" for line in block]
    whole = gzip.compress("".join(text).encode(), 6)
    with open(out, "wb") as file:
        for _ in range(lines // BLOCK):
            file.write(whole)
        rest = "".join(text[: lines % BLOCK])
        if rest:
            file.write(gzip.compress(rest.encode(), 6))


main()
