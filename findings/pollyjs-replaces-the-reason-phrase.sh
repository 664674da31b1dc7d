#!/usr/bin/env bash
# The HAR file of PollyJS has a reason phrase that the server did not send: a 429 is recorded as "429 OK". And by default
# one response with a 4xx makes `stop()` throw, so that nothing of the run is recorded; `recordFailedRequests` prevents it.
# HAR asks for the description of the response (http://www.softwareishard.com/blog/har-12-spec/#response). Exits with 1
# if the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @pollyjs/core@6.0.6 @pollyjs/adapter-node-http@6.0.6 \
  @pollyjs/persister-fs@6.0.6

cat > record.mjs <<'CODE'
import { existsSync, readdirSync, readFileSync } from "node:fs";
import http from "node:http";
import NodeHttpAdapter from "@pollyjs/adapter-node-http";
import { Polly } from "@pollyjs/core";
import FSPersister from "@pollyjs/persister-fs";

Polly.register(NodeHttpAdapter);
Polly.register(FSPersister);
const server = http.createServer((request, response) => {
  const [status, reason] = request.url === "/limit" ? [429, "Too Many Requests"] : [200, "OK"];
  response.writeHead(status, reason, { "content-type": "application/json" }).end("{}");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const get = (path) =>
  new Promise((resolve) => {
    http.get({ host: "127.0.0.1", port: server.address().port, path }, (response) => {
      response.resume().on("end", () => resolve(`${response.statusCode} ${response.statusMessage}`));
    });
  });

async function record(name, recordFailedRequests) {
  const polly = new Polly(name, { adapters: ["node-http"], persister: "fs", recordFailedRequests, logLevel: "silent",
    persisterOptions: { fs: { recordingsDir: name } } });
  await get("/files");
  await get("/limit");
  let outcome = "stopped";
  try {
    await polly.stop();
  } catch (error) {
    outcome = `stop() throws ${error.name}`;
  }
  const folder = existsSync(name) ? readdirSync(name) : [];
  if (folder.length === 0) return `${outcome}, no file`;
  const { log } = JSON.parse(readFileSync(`${name}/${folder[0]}/recording.har`, "utf8"));
  const seen = log.entries.map(({ response }) => `${response.status} ${response.statusText}`);
  return `${outcome}, ${seen.sort().join(", ")}`;
}

const { version } = JSON.parse(readFileSync("node_modules/@pollyjs/core/package.json", "utf8"));
console.log(`@pollyjs/core ${version}; on the wire: ${await get("/files")}, ${await get("/limit")}`);
const expected = [
  ["default", false, /^stop\(\) throws \w+, no file$/],
  ["recordFailedRequests", true, /^stopped, 200 OK, 429 OK$/],
];
for (const [name, failed, wanted] of expected) {
  const seen = await record(name, failed);
  console.log(`${name}: ${seen}`);
  if (!wanted.test(seen)) process.exitCode = 1;
}
server.close();
CODE
node record.mjs
