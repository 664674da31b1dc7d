/**
 * Holds documents against a validator: `validate.mjs redocly|spectral FILE...`.
 *
 * Prints the version of the validator, then one JSON object for each document, with what it found:
 * how grave it is, the name of the rule, and what it says.
 */

import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("node_modules/", import.meta.url));

const validators = {
  redocly: {
    package: "@redocly/cli",
    arguments: (files) => [
      ...["lint", "--extends", "recommended", "--format", "json", "--max-problems", "1000000"],
      ...files,
    ],
    // One object for each document, without anything between them.
    parse: (text, files) => {
      const reports = JSON.parse(`[${text.replaceAll(/^\}\{$/gm, "},{")}]`);
      // It stops at a document that it cannot read.
      if (reports.length !== files.length) throw new Error(`${reports.length} reports for ${files.length} documents`);
      return reports;
    },
    read: (reports) =>
      reports.flatMap(({ problems }) => problems).map(({ severity, ruleId, message, location }) => ({
        file: location[0].source.ref,
        severity: severity === "error" ? "error" : "warning",
        rule: ruleId,
        message: `${message} (${location[0].pointer ?? ""})`,
      })),
  },
  spectral: {
    package: "@stoplight/spectral-cli",
    arguments: (files, ruleset) => ["lint", "--ruleset", ruleset, "--format", "json", "--quiet", ...files],
    parse: (text) => JSON.parse(text),
    // Grave findings have the number 0.
    read: (findings) =>
      findings.map(({ severity, code, message, path, source }) => ({
        file: source,
        severity: severity === 0 ? "error" : "warning",
        rule: String(code),
        message: `${message} (${path.join(".")})`,
      })),
  },
};

async function main(name, ...files) {
  const validator = validators[name];
  if (validator === undefined || files.length === 0) {
    console.error("usage: validate.mjs redocly|spectral FILE...");
    process.exit(2);
  }
  const manifest = JSON.parse(await readFile(join(modules, validator.package, "package.json"), "utf8"));
  console.log(JSON.stringify({ client: name, version: manifest.version }));
  // Outside of every project, so that no settings of others are found.
  const folder = await mkdtemp(join(tmpdir(), "validate-"));
  try {
    const ruleset = join(folder, "ruleset.yaml");
    await writeFile(ruleset, "extends: ['spectral:oas']\n");
    const program = join(modules, ".bin", name);
    const { stdout, stderr, error } = spawnSync(program, validator.arguments(files, ruleset), {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
      maxBuffer: 1 << 28,
    });
    if (error) throw error;
    let said;
    try {
      said = validator.parse(stdout, files);
    } catch (cause) {
      const said = `${stdout.slice(-1000)}\n${stderr}`;
      throw new Error(`${name} did not tell of every document, but said: ${said}`, { cause });
    }
    const findings = validator.read(said).map((finding) => ({ ...finding, file: resolve(folder, finding.file) }));
    for (const subject of files) {
      const own = findings.filter(({ file }) => file === subject);
      console.log(JSON.stringify({ subject, findings: own.map(({ file, ...finding }) => finding) }));
    }
    const others = findings.filter(({ file }) => !files.includes(file));
    if (others.length > 0) throw new Error(`findings of no document: ${JSON.stringify(others[0])}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

await main(...process.argv.slice(2));
