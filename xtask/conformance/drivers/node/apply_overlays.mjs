/**
 * Applies overlays with two tools: `apply_overlays.mjs DOCUMENT OVERLAY RESULT [DOCUMENT OVERLAY RESULT]...`.
 *
 * Writes what the first tool makes of each document. Prints the versions of the tools, then one JSON
 * object for each result, with the `fault` that was found: the tools do not agree, or a second
 * application changes something.
 */

import { execFileSync } from "node:child_process";
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

import { parse } from "yaml";

const modules = fileURLToPath(new URL("node_modules/", import.meta.url));

const run = (program, ...args) =>
  execFileSync(join(modules, ".bin", program), args, { encoding: "utf8", maxBuffer: 1 << 28 });

async function openapiFormat(document, overlay, result) {
  run("openapi-format", document, "--overlayFile", overlay, "--no-sort", "--output", result);
  return readFile(result, "utf8");
}

const overlayjs = (document, overlay) => run("overlayjs", "--openapi", document, "--overlay", overlay);

async function apply(document, overlay, result) {
  const text = await openapiFormat(document, overlay, result);
  const full = parse(text);
  if (!isDeepStrictEqual(parse(overlayjs(document, overlay)), full)) return "overlayjs makes something else";
  const again = `${result}.again.yaml`;
  await copyFile(result, again);
  if ((await openapiFormat(again, overlay, again)) !== text) return "openapi-format changes its own result";
  if (!isDeepStrictEqual(parse(overlayjs(result, overlay)), full)) return "overlayjs changes the result";
  return null;
}

async function main(...files) {
  if (files.length === 0 || files.length % 3 !== 0) {
    console.error("usage: apply_overlays.mjs DOCUMENT OVERLAY RESULT [DOCUMENT OVERLAY RESULT]...");
    process.exit(2);
  }
  const tools = ["openapi-format", "openapi-overlays-js"];
  const manifests = tools.map((name) => readFile(join(modules, name, "package.json"), "utf8"));
  const versions = (await Promise.all(manifests)).map((text) => JSON.parse(text).version);
  console.log(JSON.stringify({ client: tools.join(", "), version: versions.join(", ") }));
  for (let at = 0; at < files.length; at += 3) {
    const [document, overlay, result] = files.slice(at, at + 3);
    console.log(JSON.stringify({ subject: result, fault: await apply(document, overlay, result) }));
  }
}

await main(...process.argv.slice(2));
