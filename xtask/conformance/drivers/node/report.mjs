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
  if (variable.startsWith("OPENAI_")) delete process.env[variable];
}

/**
 * Sends all cases at once and prints their rows in the order of the list.
 *
 * `send` takes the address of the API, a fresh fetch and what a case holds after its name. `read`
 * takes what it threw and returns class, status, code, type, param and request_id, as far as the
 * client knows them; without a status it was not the error of an answer.
 */
export async function run(client, name, cases, send, read) {
  const [address, ...others] = process.argv.slice(2);
  if (!/^https?:\/\//.test(address ?? "") || others.length > 0) {
    console.error(`usage: ${basename(process.argv[1])} http://127.0.0.1:4000`);
    process.exit(2);
  }
  const baseURL = `${address.replace(/\/+$/, "")}/v1`;

  async function row([label, ...rest]) {
    let attempts = 0;
    const counted = (request, init) => {
      // Before its first upload the openai client tries its fetch on a data: address.
      const url = request instanceof Request ? request.url : String(request);
      if (url.startsWith(baseURL)) attempts += 1;
      return fetch(request, init);
    };
    const outcome = await outcomeOf(() => send(baseURL, counted, ...rest), read);
    return { client, case: label, ...outcome, attempts };
  }

  const manifest = new URL(`node_modules/${name}/package.json`, import.meta.url);
  const { version } = JSON.parse(await readFile(manifest, "utf8"));
  console.log(JSON.stringify({ client, version }));
  for (const done of cases.map(row)) console.log(JSON.stringify(await done));
}

/** What the call threw, with a `problem` if that is not the error of an answer. */
async function outcomeOf(call, read) {
  const nothing = { class: null, status: null, code: null, type: null, param: null, request_id: null };
  try {
    await call();
  } catch (error) {
    const fields = Object.entries(read(error)).map(([field, value]) => [field, value ?? null]);
    const outcome = { ...nothing, ...Object.fromEntries(fields) };
    if (outcome.status === null) outcome.problem = `not an answer of the server: ${error}`;
    return outcome;
  }
  return { ...nothing, problem: "the call succeeded" };
}
