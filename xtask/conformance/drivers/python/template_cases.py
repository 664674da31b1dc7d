"""Checks what the ready templates make of catalogs, and lets it read bodies: `template_cases.py WORK NODE ADDRESS`.

WORK has a folder for each catalog, with errors.py, errors.ts, errors.json and the bodies of all codes, in all styles.
NODE is the installation of the Node drivers, and ADDRESS that of the example server, which has the catalog `sample`.

Prints the versions of the tools, then one JSON object for each check.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

# A program that reads bodies as the module of TypeScript does: lines of JSON in, lines of JSON out.
READER = """
import { createInterface } from "node:readline";
import * as errors from "./errors.js";

const { parseError, retryDelay, retryRule } = errors;
// Only modules of catalogs whose operations state something have it.
const infoOf = errors.infoOf ?? ((error) => error.info);

for await (const line of createInterface({ input: process.stdin })) {
  const { status, body, headers, operation } = JSON.parse(line);
  const found = parseError(status, body, new Headers(headers));
  const info = found === null ? null : infoOf(found, operation ?? "");
  const rule = found === null ? null : retryRule(found);
  const delays = found === null ? [] : [0, 1, 2, 99].map((retries) => retryDelay(found, retries, () => 0.5));
  console.log(JSON.stringify({ found, info, rule, delays }));
}
"""

TSCONFIG: dict[str, Any] = {
    "compilerOptions": {
        "target": "es2022",
        "module": "nodenext",
        "lib": ["es2022"],
        "types": [],
        "strict": True,
        "noUncheckedIndexedAccess": True,
        "exactOptionalPropertyTypes": True,
        "noPropertyAccessFromIndexSignature": True,
        "noUnusedLocals": True,
        "noUnusedParameters": True,
        "noImplicitReturns": True,
        "verbatimModuleSyntax": True,
        "noEmitOnError": True,
    },
    "files": ["errors.ts"],
}

GUIDE = Path(__file__).resolve().parents[4] / "docs/outputs.md"

# What the module of TypeScript calls a field of that of Python.
NAMES = {
    "code_name": "codeName",
    "type_name": "typeName",
    "request_id": "requestId",
    "retry_after": "retryAfter",
}

# Requests of the example server: the method, the path, the key, and what both modules read.
REQUESTS: list[tuple[str, str, str | None, dict[str, object]]] = [
    ("GET", "/v1/models", None, {"style": "openai", "status": 401, "code": "missing_api_key"}),
    ("GET", "/v1/models", "sk-unknown", {"style": "openai", "status": 401, "code": "invalid_api_key"}),
    ("GET", "/v1/models", "sk-busy", {"style": "openai", "status": 429, "code": "rate_limit_exceeded"}),
    ("GET", "/v1/models/no-such-model", "sk-demo", {"style": "openai", "code": "model_not_found"}),
    ("GET", "/nowhere", None, {"style": "openai", "status": 404, "code": None, "type": "invalid_request_error"}),
    ("POST", "/v1/messages", None, {"style": "anthropic", "status": 401, "type_name": "authentication_error"}),
    (
        "POST",
        "/v1beta/models/gemini:generateContent",
        None,
        {"style": "google", "status": 401, "code": "missing_api_key", "type": "auth_error"},
    ),
]


# Lists of faults, as this API and others send them: the style, the status, the body, and each fault as text. The same
# are in codegen/runtime/src/tests/faults.rs.
FAULTS: list[tuple[str, int, str, list[str]]] = [
    (
        "problem",
        400,
        """{"type":"https://example.net/validation-error","title":"Your request is not valid.",
        "errors":[{"detail":"must be a positive integer","pointer":"#/age"},
                  {"detail":"must be 'green', 'red' or 'blue'","pointer":"#/profile/color"}, 7, {}]}""",
        ["must be a positive integer", "must be 'green', 'red' or 'blue'"],
    ),
    (
        "google",
        400,
        """{"error":{"code":400,"message":"Invalid","status":"INVALID_ARGUMENT","details":[
        {"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[
          {"field":"zone","description":"It is full","reason":"ZONE_FULL"},{"field":"size","description":"Too large"}]}]}}""",
        ["zone: It is full", "size: Too large"],
    ),
    (
        "jsonapi",
        422,
        """{"errors":[{"detail":"Not valid","status":"422"},
        {"detail":"The name is empty.","source":{"parameter":"name"},"meta":{"x":1}}]}""",
        ["name: The name is empty."],
    ),
    ("problem", 400, """{"title":"T","errors":"x"}""", []),
    ("problem", 400, """{"title":"T","errors":[{"message":"a","param":7},"b"]}""", ["a", "b"]),
    (
        "openai",
        400,
        """{"error":{"message":"m","type":"t","details":{
        "a":[{"message":"x"},{"message":"y","param":"z"}],"b":["w"],"c":[["v"]]}}}""",
        ["x", "z: y"],
    ),
    ("openai", 400, """{"error":{"message":"m"}}""", []),
]


class Fault(Exception):
    """A command that failed, or a module that reads something else."""


def run(*command: object, cwd: Path | None = None, text: str | None = None) -> str:
    words = [str(word) for word in command]
    ended = subprocess.run(words, cwd=cwd, input=text, capture_output=True, text=True, timeout=400)
    if ended.returncode != 0:
        lines = (ended.stdout + ended.stderr).strip().splitlines()
        raise Fault(f"{words[0]} failed: " + "\n".join(lines[-15:]))
    return ended.stdout


def expect(what: str, seen: object, expected: object) -> None:
    if seen != expected:
        raise Fault(f"{what} is {seen!r}, not {expected!r}")


def load(file: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise Fault(f"{file} is not a module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class Catalog:
    """What the templates made of a catalog."""

    def __init__(self, folder: Path, node: Path) -> None:
        self.folder = folder
        self.node = node
        self.export: dict[str, Any] = json.loads((folder / "errors.json").read_text())
        self.codes = {code["name"]: code for code in self.export["codes"]}
        self.by_slug = {code["slug"]: code["name"] for code in self.export["codes"]}
        self.styles = {style["name"]: style for style in self.export["envelope"]["styles"]}

    def bodies(self) -> Iterator[tuple[str, str, int, str]]:
        """The code, the style, the status and the body of each fixture; 0 for a code without a status."""
        first = next(iter(self.styles))
        for file in sorted((self.folder / "bodies").iterdir()):
            name = file.name.removesuffix(".json")
            for style in self.styles:
                slug = name.removesuffix(f".{style}")
                if slug != name and slug in self.by_slug:
                    break
            else:
                slug, style = name, first
            code = self.by_slug[slug]
            yield code, style, self.codes[code]["status"] or 0, file.read_text()

    def stated(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What operations state of public codes, each with the id of the operation."""
        for operation in self.export["operations"]:
            for own in operation.get("own", []):
                if own["audience"] == "public":
                    yield operation["id"], own

    def expected(self, code: str, style: str) -> dict[str, object]:
        """What a body of a style says about its code."""
        shape = self.styles[style]
        writes_code = any(place["slot"] == "code" for place in shape["places"])
        is_known = writes_code or code in shape.get("types_of_codes", {})
        is_known = is_known and self.codes[code]["audience"] == "public"
        known: dict[str, object] = {"style": style, "code": code if is_known else None}
        return {**known, "type": self.codes[code]["type"]} if is_known else known

    def python(self, module: ModuleType, case: dict[str, Any]) -> dict[str, Any]:
        found = module.parse_error(case["status"], case["body"], case["headers"])
        if found is None:
            return {"found": None, "info": None, "rule": None, "delays": []}
        # Only modules of catalogs whose operations state something have it.
        info_of = getattr(module, "info_of", lambda error, _: error.info)
        info = info_of(found, case.get("operation", ""))
        read = {field.name: getattr(found, field.name) for field in fields(found)}
        if "candidates" in read:
            read["candidates"] = [*read["candidates"]]
        read["faults"] = [{field.name: getattr(fault, field.name) for field in fields(fault)} for fault in found.faults]
        delays = [module.retry_delay(found, retries, lambda: 0.5) for retries in (0, 1, 2, 99)]
        read_info = None if info is None else asdict(info)
        return {"found": read, "info": read_info, "rule": module.retry_rule(found), "delays": delays}

    def typescript(self, cases: list[dict[str, object]]) -> list[dict[str, Any]]:
        (self.folder / "reader.mjs").write_text(READER)
        lines = "".join(json.dumps(case) + "\n" for case in cases)
        printed = run("node", self.folder / "reader.mjs", text=lines)
        answers = [json.loads(line) for line in printed.splitlines()]
        for answer in answers:
            if (found := answer["found"]) is not None:
                found.pop("info")
                for name, theirs in NAMES.items():
                    found[name] = found.pop(theirs)
            answer["delays"] = [None if delay is None else delay / 1000 for delay in answer["delays"]]
        return answers

    def read(self, module: ModuleType, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What both modules read, which is the same."""
        ours = [self.python(module, case) for case in cases]
        for case, mine, theirs in zip(cases, ours, self.typescript(cases), strict=True):
            expect(f"what TypeScript reads in {case['body']}", theirs, mine)
        return ours

    def checks(self) -> Iterator[tuple[str, Callable[[], None]]]:
        name = self.folder.name

        def types_of_python() -> None:
            run(sys.executable, "-m", "mypy", "--strict", "--no-incremental", self.folder / "errors.py")

        def pyright() -> None:
            config = {"include": ["errors.py"], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
            (self.folder / "pyrightconfig.json").write_text(json.dumps(config))
            run("node", self.node / "node_modules/pyright/index.js", "--project", self.folder)

        def types_of_typescript() -> None:
            (self.folder / "tsconfig.json").write_text(json.dumps(TSCONFIG))
            (self.folder / "package.json").write_text('{"type": "module"}')
            run("node", self.node / "node_modules/typescript/bin/tsc", "--project", self.folder)

        def bodies() -> None:
            module = load(self.folder / "errors.py", f"errors_of_{name}")
            expect("the number of errors", len(module.ERRORS), len([*self.public()]))
            rows = [*self.bodies()]
            cases = [{"status": status, "body": body, "headers": {}} for _, _, status, body in rows]
            for (code, style, _, body), answer in zip(rows, self.read(module, cases), strict=True):
                found = answer["found"] or {}
                seen = {key: found.get(key) for key in self.expected(code, style)}
                expect(f"{code} in {style}: {body}", seen, self.expected(code, style))
                expect(f"whether {code} has a message", bool(found["message"]), True)

        def operations() -> None:
            module = load(self.folder / "errors.py", f"errors_of_{name}")
            bodies = {(code, style): body for code, style, _, body in self.bodies()}
            rows = [(*row, style) for row in self.stated() for style in self.styles]
            cases = [
                {"status": own["status"], "body": bodies[own["code"], style], "headers": {}, "operation": operation}
                for operation, own, style in rows
            ]
            for (operation, own, style), answer in zip(rows, self.read(module, cases), strict=True):
                code, found = own["code"], answer["found"]
                places = self.styles[style]["places"]
                types = self.styles[style].get("types_in_operations", {}).get(code, {"statuses": []})
                of_type = self.styles[style].get("types_of_codes", {})
                own_status = own["status"] == self.codes[code]["status"]
                is_known = any(place["slot"] == "code" for place in places)
                is_known = is_known or (code in of_type if own_status else own["status"] in types["statuses"])
                what = f"{code} of {operation} in {style}"
                expect(f"the code of {what}", found["code"], code if is_known else None)
                if is_known:
                    expect(f"the rule of {what}", answer["rule"], own["retry"])
                    expected = {**{key: self.codes[code].get(key, "") for key in ("meaning", "fix")}, **own}
                    seen = {key: answer["info"][key] for key in ("status", "retry", "meaning", "fix")}
                    expect(f"what is known of {what}", seen, {key: expected[key] for key in seen})

        def other_bodies() -> None:
            module = load(self.folder / "errors.py", f"errors_of_{name}")
            for body in ("", "null", "[]", "{}", "no JSON", '{"error":{}}', '{"message":""}', "[" * 100_000):
                case = {"status": 500, "body": body, "headers": {}}
                expect(f"what is read in {body[:20]}", self.read(module, [case])[0]["found"], None)

        def faults() -> None:
            module = load(self.folder / "errors.py", f"errors_of_{name}")
            # The places of details are those of a catalog with `details: true`.
            for style, status, body, expected in FAULTS:
                read = self.read(module, [{"status": status, "body": body, "headers": {}}])[0]["found"]
                expect(f"the style of {body}", read["style"], style)
                shown = [f"{fault['param']}: " if fault["param"] else "" for fault in read["faults"]]
                texts = [fault["message"] for fault in read["faults"]]
                expect(f"the faults of {body}", [a + b for a, b in zip(shown, texts, strict=True)], expected)

        yield f"{name}: errors.py under mypy --strict", types_of_python
        yield f"{name}: errors.py under pyright", pyright
        yield f"{name}: errors.ts under tsc --strict", types_of_typescript
        yield f"{name}: both modules with the bodies of all codes", bodies
        yield f"{name}: both modules with bodies that are not errors", other_bodies
        if any(self.stated()):
            yield f"{name}: both modules with what operations state", operations
        if {"problem", "google", "jsonapi", "openai"} <= self.styles.keys():
            yield f"{name}: both modules with several faults in a body", faults

    def public(self) -> Iterator[str]:
        return (name for name, code in self.codes.items() if code["audience"] == "public")


def ask(address: str, method: str, path: str, key: str | None) -> dict[str, Any]:
    headers = {"content-type": "application/json"}
    if key is not None:
        headers["authorization"] = f"Bearer {key}"
    data = b"{}" if method == "POST" else None
    request = urllib.request.Request(address + path, data=data, headers=headers, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(request, timeout=30)
    except urllib.error.HTTPError as error:
        body = error.read().decode()
        return {"status": error.code, "body": body, "headers": dict(error.headers.items())}
    raise Fault(f"{method} {path} succeeds")


def gateway(catalog: Catalog, address: str) -> None:
    module = load(catalog.folder / "errors.py", "errors_of_gateway")
    cases = [ask(address, method, path, key) for method, path, key, _ in REQUESTS]
    for (method, path, _, expected), answer in zip(REQUESTS, catalog.read(module, cases), strict=True):
        found = answer["found"] or {}
        expect(f"the error of {method} {path}", {key: found.get(key) for key in expected}, expected)
        expect(f"whether {method} {path} has a request id", bool(found["request_id"]), True)
        is_retried = answer["delays"][0] is not None
        expect(f"whether {method} {path} is retried", is_retried, found["status"] == 429)


def guide(catalog: Catalog) -> None:
    """The code of the guide has no type errors."""
    code = GUIDE.read_text().split("```ts\n")[1].split("```")[0]
    (catalog.folder / "guide.ts").write_text(code)
    options = {**TSCONFIG["compilerOptions"], "lib": ["es2022", "dom", "dom.iterable"], "noEmit": True}
    (catalog.folder / "guide.json").write_text(json.dumps({"compilerOptions": options, "files": ["guide.ts"]}))
    run("node", catalog.node / "node_modules/typescript/bin/tsc", "--project", catalog.folder / "guide.json")


def main(work: str, node: str, address: str) -> None:
    modules = Path(node) / "node_modules"
    tools = {"mypy": version("mypy")}
    for name in ("pyright", "typescript"):
        tools[name] = json.loads((modules / name / "package.json").read_text())["version"]
    print(json.dumps({"client": ", ".join(tools), "version": ", ".join(tools.values())}))
    catalogs = [Catalog(folder, Path(node)) for folder in sorted(Path(work).iterdir())]
    checks = [check for catalog in catalogs for check in catalog.checks()]
    sample = next(catalog for catalog in catalogs if catalog.folder.name == "sample")
    checks.append(("sample: the code of the guide", lambda: guide(sample)))
    checks.append(("sample: both modules with the example server", lambda: gateway(sample, address)))
    for subject, check in checks:
        fault = None
        try:
            check()
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
        print(json.dumps({"subject": subject, "fault": fault}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
