/**
 * What the Node drivers share: a fetch that counts requests, and the rows that they print.
 *
 * A driver is called with the base address of a server. It prints the version of its client, then
 * one JSON object for each case, which tells what the client made of the server's answer.
 */

import { readFile } from "node:fs/promises";
import { basename } from "node:path";

// The clients take keys, addresses and log levels from these variables, and the rows must not
// depend on what a machine happens to hold.
for (const variable of Object.keys(process.env)) {
  if (/^(ANTHROPIC|OPENAI)_/.test(variable)) delete process.env[variable];
}

// The case of a connection that is cut in the middle of a stream: its error is not one of the server.
const cut = "cut_stream";

/**
 * Sends all cases at once and prints their rows in the order of the lists.
 *
 * `send` takes the address of the server, a fresh fetch and what a case holds after its name. Of a case in
 * `streams` it returns the chunks. `read` takes what it or the stream threw and returns class, status, code,
 * type, param and request_id, as far as the client knows them, or nothing if it was not the error of an
 * answer.
 */
export async function run(client, name, cases, send, read, streams = []) {
  const [address, ...others] = process.argv.slice(2);
  if (!/^https?:\/\//.test(address ?? "") || others.length > 0) {
    console.error(`usage: ${basename(process.argv[1])} http://127.0.0.1:4000`);
    process.exit(2);
  }
  const base = address.replace(/\/+$/, "");

  async function row([label, ...rest], isStream) {
    let attempts = 0;
    const counted = (request, init) => {
      // Before its first upload the openai client tries its fetch on a data: address.
      const url = request instanceof Request ? request.url : String(request);
      if (url.startsWith(base)) attempts += 1;
      return fetch(request, init);
    };
    const outcome = await outcomeOf(label, () => send(base, counted, ...rest), read, isStream);
    return { client, case: label, stream: isStream, ...outcome, attempts };
  }

  const rows = [...cases.map((one) => row(one, false)), ...streams.map((one) => row(one, true))];
  await printRows(client, name, rows);
}

/** Prints the version of a client, and the rows of all cases. */
export async function printRows(client, name, rows) {
  const manifest = new URL(`node_modules/${name}/package.json`, import.meta.url);
  const { version } = JSON.parse(await readFile(manifest, "utf8"));
  console.log(JSON.stringify({ client, version }));
  for (const done of rows) console.log(JSON.stringify(await done));
}

/** What the call threw, with a `problem` if that is not the error of the case. */
async function outcomeOf(label, call, read, isStream) {
  const nothing = { class: null, status: null, code: null, type: null, param: null, request_id: null };
  let chunks = 0;
  try {
    const answer = await call();
    if (isStream) for await (const _ of answer) chunks += 1;
  } catch (error) {
    const fields = Object.entries(read(error)).map(([field, value]) => [field, value ?? null]);
    const outcome = { ...nothing, class: error.constructor.name, ...Object.fromEntries(fields) };
    if (fields.length === 0 && label !== cut) {
      return { ...outcome, problem: `not an answer of the server: ${error}` };
    }
    if (chunks > 0 !== label.endsWith("_stream")) {
      return { ...outcome, problem: `the error came after ${chunks} chunks` };
    }
    return outcome;
  }
  return { ...nothing, problem: "the call succeeded" };
}
