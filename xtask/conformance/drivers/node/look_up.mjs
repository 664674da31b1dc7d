/**
 * Pastes errors into the page that finds them, in a browser: `look_up.mjs CATALOGS CHROMIUM PICTURES`.
 *
 * CATALOGS has a folder for each catalog, with the page in `docs/errors`, the exported catalog in `errors.json` and a
 * body for each code and style in `fixtures`. The page is opened from the disk. The body of every code is pasted in
 * every style, alone and as clients and logs print it, also cut off and damaged. The page of the folder `sample` is
 * also used with the keyboard, in light and in dark, on a wide and a narrow screen.
 */

import { mkdir, readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

import { broken, clients, inText } from "./look_up_texts.mjs";

const screens = [
  { name: "desktop", viewport: { width: 1280, height: 900 } },
  { name: "phone", viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
];

/** Pastes texts, and returns what the page shows for each. Enter shows the result at once. */
const paste = (texts) => {
  const field = document.querySelector("textarea");
  return texts.map((text) => {
    field.value = text;
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    const found = [...document.querySelectorAll(".found details")];
    return {
      told: document.querySelector(".told").textContent,
      names: found.map((entry) => entry.querySelector("summary code")?.textContent ?? null),
      first: document.querySelector(".found").hidden ? "" : (found[0]?.textContent ?? ""),
      // Only the page's own elements.
      foreign: document.querySelectorAll("main :is(script, img, svg, iframe, style, object, b, i)").length,
    };
  });
};

/** The bodies of a catalog, with their codes and styles. */
async function bodies(folder) {
  const { codes, envelope } = JSON.parse(await readFile(join(folder, "errors.json"), "utf8"));
  const found = [];
  for (const { name, slug, audience } of codes) {
    if (audience === "internal") continue;
    for (const [position, style] of envelope.styles.entries()) {
      const file = position === 0 ? `${slug}.json` : `${slug}.${style.name}.json`;
      const body = (await readFile(join(folder, "fixtures", file), "utf8")).trim();
      found.push({ name, style: style.name, body });
    }
  }
  return found;
}

/** The first body that the page does not read. */
async function unread(page, folder) {
  const cases = (await bodies(folder)).flatMap(({ name, style, body }) =>
    Object.entries(inText).map(([form, print]) => ({ name, style, form, text: print(body, JSON.parse(body)) })),
  );
  const shown = await page.evaluate(paste, cases.map(({ text }) => text));
  const wrong = cases.findIndex(({ name, style, form }, at) => {
    const { names, first, foreign } = shown[at];
    const isRead = names[0] === name && foreign === 0;
    return !(isRead && (form !== "alone" || (names.length === 1 && first.includes(`style ${style}`))));
  });
  return wrong < 0 ? null : `${JSON.stringify(cases[wrong])} gives ${JSON.stringify(shown[wrong].names)}: ${shown[wrong].told}`;
}

/** The first status of an operation by which the page does not find the code. */
async function unfound(page, folder) {
  const { operations } = JSON.parse(await readFile(join(folder, "errors.json"), "utf8"));
  const stated = operations.flatMap(({ own }) => own ?? []).filter(({ audience }) => audience === "public");
  const shown = await page.evaluate(paste, stated.map(({ status }) => `HTTP/1.1 ${status}`));
  const wrong = stated.findIndex(({ code }, at) => !shown[at].names.includes(code));
  return wrong < 0 ? null : `${JSON.stringify(stated[wrong])} gives ${JSON.stringify(shown[wrong].names)}`;
}

/** Whether damaged texts are answered, and none of them is run. */
async function damaged(page, folder) {
  const texts = broken((await bodies(folder)).map(({ body }) => body));
  const shown = await page.evaluate(paste, texts);
  const wrong = shown.findIndex(({ told, foreign }, at) => foreign > 0 || (told === "" && texts[at].trim() !== ""));
  return wrong < 0 ? null : `${JSON.stringify(texts[wrong])} gives ${JSON.stringify(shown[wrong])}`;
}

/** A fault for each text that the page takes for another error. */
async function printed(page) {
  const shown = await page.evaluate(paste, clients.map(({ text }) => text));
  return clients.map(({ subject, names, has = [], told = "" }, at) => {
    const found = shown[at];
    const isFound = JSON.stringify(found.names.slice(0, names.length)) === JSON.stringify(names);
    const missing = has.filter((part) => !found.first.includes(part));
    const fault = isFound && missing.length === 0 && found.told.includes(told) ? null : JSON.stringify({ ...found, missing });
    return { subject: `sample: ${subject}`, fault };
  });
}

const focused = (page) => page.evaluate(() => document.activeElement.closest("textarea, summary")?.textContent.trim().split(/\s/)[0] ?? null);

/** The way with the keyboard alone. */
async function keyboard(page, address) {
  await page.goto(address);
  const steps = [];
  const expect = async (what, wanted) => {
    const found = await what;
    steps.push([wanted, found]);
  };
  await expect(page.evaluate(() => document.activeElement.tagName), "TEXTAREA");
  await page.keyboard.type("api_key");
  await page.locator(".found details").nth(2).waitFor({ timeout: 3_000 });
  const first = (await page.locator(".found summary code").first().textContent()).trim();
  const second = (await page.locator(".found summary code").nth(1).textContent()).trim();
  await page.keyboard.press("ArrowDown");
  await expect(focused(page), first);
  await page.keyboard.press("ArrowDown");
  await expect(focused(page), second);
  await page.keyboard.press("Enter");
  await expect(page.locator(".found details").nth(1).getAttribute("open"), "");
  await page.keyboard.press("ArrowUp");
  await expect(focused(page), first);
  await page.keyboard.press("ArrowUp");
  await expect(page.evaluate(() => document.activeElement.tagName), "TEXTAREA");
  await page.keyboard.press("Enter");
  await expect(focused(page), first);
  await expect(page.locator(".found details").first().getAttribute("open"), "");
  await page.keyboard.press("/");
  await expect(page.evaluate(() => document.activeElement.tagName), "TEXTAREA");
  await expect(page.locator("textarea").inputValue(), "api_key");
  await page.keyboard.press("Escape");
  await expect(page.locator("textarea").inputValue(), "");
  await expect(page.locator(".found").isHidden(), true);
  await page.keyboard.insertText("code: file_too_large\n");
  await page.locator(".found button").waitFor({ timeout: 3_000 });
  await page.locator(".found button").focus();
  await page.keyboard.press("Enter");
  await page.locator(".found button", { hasText: "Copied" }).waitFor({ timeout: 3_000 });
  const wrong = steps.findIndex(([wanted, found]) => wanted !== found);
  return wrong < 0 ? null : `step ${wrong}: expected ${steps[wrong][0]}, found ${steps[wrong][1]}`;
}

/** Whether addresses open codes. */
async function addresses(page, address) {
  for (const [suffix, name] of [
    ["#file_too_large", "file_too_large"],
    ["?q=file_too_large", "file_too_large"],
    ["?q=Error%20code%3A%20429", "rate_limit_exceeded"],
    ["#%E0%A4%A", null],
  ]) {
    await page.goto("about:blank");
    await page.goto(address + suffix);
    const found = page.locator(".found summary code").first();
    const shown = (await found.count()) === 0 ? null : await found.textContent();
    if (shown !== name) return `${suffix} shows ${shown}`;
  }
  await page.goto(`${address}#file_too_large`);
  await page.evaluate(() => (location.hash = "#captcha_failed"));
  await page.locator(".found summary code", { hasText: "captcha_failed" }).waitFor({ timeout: 3_000 });
  return null;
}

/** What axe-core finds, and whether something is wider than the screen. */
async function accessible(page, axe) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary ?? ""}`);
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  return [...found, ...(isWide ? ["it is wider than the screen"] : [])].at(0) ?? null;
}

const [catalogs, executablePath, pictures, ...others] = process.argv.slice(2);
if (pictures === undefined || others.length > 0) {
  console.error("usage: look_up.mjs CATALOGS CHROMIUM PICTURES");
  process.exit(2);
}
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
await mkdir(pictures, { recursive: true });
const print = (subject, fault) => console.log(JSON.stringify({ subject, fault }));
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath, args: [...args, "--disable-component-update", "--disable-sync"] });

/** Opens a page that must throw nothing, violate no policy, and load nothing but itself. */
async function open(options, address) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => {
    if (request.url().split(/[?#]/)[0] !== address && request.url() !== "about:blank") faults.push(`it loads ${request.url()}`);
  });
  await page.goto(address);
  return { context, page, faults };
}

try {
  console.log(JSON.stringify({ client: "errors.html in chromium", version: browser.version() }));
  const page = (name) => pathToFileURL(resolve(catalogs, name, "docs/errors/errors.html")).href;
  for (const name of (await readdir(catalogs)).sort()) {
    const folder = join(catalogs, name);
    const opened = await open({}, page(name));
    for (const [what, check] of [["the bodies of all codes in all styles", unread], ["the statuses of operations", unfound], ["damaged texts", damaged]]) {
      opened.faults.length = 0;
      const fault = await check(opened.page, folder).catch((error) => String(error));
      print(`${name}: ${what}`, fault ?? opened.faults.at(0) ?? null);
    }
    await opened.context.close();
  }
  const sample = page("sample");
  for (const { name, ...screen } of screens) {
    for (const colorScheme of ["light", "dark"]) {
      const { context, page, faults } = await open({ ...screen, colorScheme }, sample);
      const where = `sample, ${name}, ${colorScheme}`;
      for (const [what, text] of [["no text", ""], ["a response", clients[0].text], ["nothing", "zzzzqqqq"]]) {
        await page.locator("textarea").fill(text);
        await page.waitForFunction((text) => (document.querySelector(".told").textContent === "") === (text === ""), text);
        print(`${where}: ${what}`, (await accessible(page, axe)) ?? faults.at(0) ?? null);
        await page.screenshot({ path: join(pictures, `look-up-${what.replace(" ", "-")}-${name}-${colorScheme}.png`) });
      }
      await context.close();
    }
  }
  const { context, page: opened, faults } = await open({ permissions: ["clipboard-write"] }, sample);
  (await printed(opened)).forEach(({ subject, fault }) => print(subject, fault));
  print("sample: the keyboard", (await keyboard(opened, sample).catch(String)) ?? faults.at(0) ?? null);
  print("sample: addresses", (await addresses(opened, sample).catch(String)) ?? faults.at(0) ?? null);
  await context.close();
  const plain = await open({ javaScriptEnabled: false }, sample);
  const isList = (await plain.page.locator(".ask").isHidden()) && (await plain.page.locator(".all details").first().isVisible());
  print("sample: without JavaScript", isList ? null : "the list is not shown alone");
  await plain.context.close();
} finally {
  await browser.close();
}
