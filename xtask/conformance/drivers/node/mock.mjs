/**
 * Serves a document with Prism, and asks it for every example: `mock.mjs DOCUMENT`.
 *
 * Prints the version of Prism, then one JSON object for each operation, with the `fault` that was found.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

import { parse } from "yaml";

const [file] = process.argv.slice(2);
const document = parse(await readFile(file, "utf8"));
const follow = (value) =>
  value.$ref === undefined ? value : value.$ref.slice(2).split("/").reduce((found, key) => found[key], document);
const codes = document.components.schemas.ErrorCode["x-codes"];

/** What is wrong with the headers of a response. */
function faultOf(headers, response, code) {
  const id = headers.get("x-request-id");
  if (id !== "req_4f9c2e71") return `x-request-id is ${id}`;
  const rules = Object.keys(Object.values(response.content)[0].examples).map((name) => codes[name]?.retry);
  const known = rules.filter((rule) => rule !== undefined);
  const helps = known.length === rules.length && known.every((rule) => rule !== "never");
  const shouldRetry = headers.get("x-should-retry");
  const expected = codes[code] === undefined ? shouldRetry : String(helps);
  if (shouldRetry !== expected || !["true", "false"].includes(shouldRetry)) return `x-should-retry is ${shouldRetry}`;
  for (const name of Object.keys(response.headers)) {
    const value = headers.get(name);
    const isNumber = /^[1-9][0-9]*$/.test(value ?? "");
    if (name === "Retry-After" ? !isNumber : value === null || value === "string") return `${name} is ${value}`;
  }
  return null;
}

/** A port that no program uses. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Waits until a server answers. */
async function ready(address) {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answer = await fetch(address).catch(() => null);
    if (answer !== null) return;
    await setTimeout(100);
  }
  throw new Error("prism does not answer");
}

async function ask(address, method, path, status, response) {
  for (const [mediaType, { examples }] of Object.entries(response.content)) {
    for (const [name, example] of Object.entries(examples)) {
      const prefer = `code=${status}, example=${name}`;
      const url = address + path.replaceAll(/\{[^}]*\}/g, "x");
      const answer = await fetch(url, { method, headers: { prefer, accept: mediaType } });
      const told = `${method} ${path}, ${prefer}:`;
      if (String(answer.status) !== status) return `${told} status ${answer.status}`;
      const body = await answer.json();
      if (!isDeepStrictEqual(body, follow(example).value)) return `${told} another body: ${JSON.stringify(body)}`;
      const fault = faultOf(answer.headers, response, name);
      if (fault !== null) return `${told} ${fault}`;
    }
  }
  return null;
}

const manifest = new URL("node_modules/@stoplight/prism-cli/package.json", import.meta.url);
console.log(JSON.stringify({ client: "prism", version: JSON.parse(await readFile(manifest, "utf8")).version }));
const port = await freePort();
const program = fileURLToPath(new URL("node_modules/@stoplight/prism-cli/dist/index.js", import.meta.url));
const prism = spawn(process.execPath, [program, "mock", "--port", String(port), "--host", "127.0.0.1", file], {
  stdio: ["ignore", "ignore", "inherit"],
});
try {
  const address = `http://127.0.0.1:${port}`;
  await ready(address);
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      let fault = null;
      for (const [status, response] of Object.entries(operation.responses)) {
        if (status.startsWith("2")) continue;
        fault ??= await ask(address, method.toUpperCase(), path, status, follow(response));
      }
      console.log(JSON.stringify({ subject: operation.operationId, fault }));
    }
  }
} finally {
  prism.kill();
}
