// The page of `faqt serve` in headless Chromium; see README.md.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const FAQT = process.env.FAQT ?? "target/debug/faqt";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const UNSURE = process.env.UNSURE ?? "If I already have a beian number, can I skip that step with Web Designer?";
const PAGES = {
  start: "/",
  answered: "/?q=ICP+transfer+Baidu",
  long: "/?q=how+long+does+the+review+take",
  unsure: "/?q=" + encodeURIComponent(UNSURE),
  "not-covered": "/?q=how+do+I+cook+rice",
  chinese: "/?q=" + encodeURIComponent("在百度买的域名能绑到阿里云的建站上吗"),
  corrected: "/?q=binnding+domain",
  entry: "/e/transfer-icp-filing",
  contents: "/contents",
  keywords: "/keywords",
  keyword: "/keywords?k=Baidu",
  missing: "/e/nothing",
  nowhere: "/nowhere",
  helped: "/helped",
};

/** Starts the server and returns its address. */
async function serve(...more) {
  const child = spawn(FAQT, ["serve", ...more], { stdio: ["ignore", "pipe", "inherit"] });
  process.on("exit", () => child.kill());
  for await (const line of createInterface({ input: child.stdout })) return { child, home: line.replace(/\/$/, "") };
  throw new Error("the server does not start");
}

const log = process.env.LOG ?? `/tmp/faqt-browser-${process.pid}.jsonl`;
const { child, home } = await serve("--log", log);
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--force-prefers-reduced-motion"],
});

/** What went wrong while pages were open: an error that an event handler throws would be lost. */
const errors = [];

/** Opens a page whose errors and outside requests fail the session at the end of a step. */
async function opened(from = home) {
  const page = await browser.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/404/.test(message.text())) errors.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(from)) errors.push(`asks ${request.url()}`);
  });
  await page.setViewport({ width: 1100, height: 900 });
  return page;
}

async function audit(page, name) {
  // The policy of the page lets no script in; the protocol of the browser does.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const said = violations.map((rule) => `${rule.id}: ${rule.help}\n  ${rule.nodes.map((node) => node.html).join("\n  ")}`);
  assert.deepEqual(said, [], `axe-core on ${name}`);
}

async function shot(page, name) {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
}

const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  return element.id || element.className || element.localName;
});
const text = (page, selector) => page.$eval(selector, (element) => element.textContent.trim());
const until = (page, test, ...facts) => page.waitForFunction(test, { timeout: 10_000 }, ...facts);

async function everyPageIsAccessible() {
  for (const scheme of ["light", "dark"]) {
    const page = await opened();
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(home + path);
      assert.equal(await page.$$eval("h1", (all) => all.length), 1, `headings of ${name}`);
      await audit(page, `${name}, ${scheme}`);
      await shot(page, `${name}-${scheme}`);
    }
    await page.setViewport({ width: 320, height: 640 });
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(home + path);
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(inner <= outer, `${name} is ${inner} wide in a window of ${outer}`);
      await audit(page, `${name}, narrow, ${scheme}`);
      await shot(page, `${name}-narrow-${scheme}`);
    }
    await page.close();
  }
}

/** Waits for a line of the log, which is written behind the answers. */
async function logged(line) {
  for (let tries = 0; !line.test(readFileSync(log, "utf8")); tries++) {
    assert.ok(tries < 500, `no ${line} in the log`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function aSessionByKeyboard() {
  const page = await opened();
  await page.goto(home);
  const key = (name) => page.keyboard.press(name);
  await key("Tab");
  assert.equal(await focused(page), "skip");
  await key("Tab");
  assert.equal(await focused(page), "name");
  for (let count = 0; count < 3; count++) await key("Tab");
  assert.equal(await focused(page), "q");

  await page.keyboard.type("baidu dom");
  await until(page, () => document.getElementById("q").getAttribute("aria-expanded") === "true");
  await until(page, () => /questions match/.test(document.getElementById("status").textContent));
  await audit(page, "the open list");
  await shot(page, "combobox");
  await key("ArrowDown");
  const chosen = await page.$eval("#q", (field) => field.getAttribute("aria-activedescendant"));
  assert.equal(await page.$eval(`#${chosen}`, (option) => option.getAttribute("aria-selected")), "true");
  const question = await page.$eval(`#${chosen}`, (option) => option.dataset.question);
  await key("Escape");
  assert.equal(await page.$eval("#q", (field) => field.getAttribute("aria-expanded")), "false");
  assert.equal(await page.$eval("#q", (field) => field.value), "baidu dom", "Escape keeps what was typed");
  await key("ArrowDown");
  await until(page, () => document.getElementById("q").getAttribute("aria-expanded") === "true");
  await key("ArrowDown");
  await key("Enter");
  await until(page, (question) => document.querySelector("h1").textContent === question, question);
  assert.match(page.url(), /\/e\//);
  assert.equal(await focused(page), "h1");
  assert.equal(await text(page, "#status"), question);

  // From the answer on: the first link of it, and back.
  const entry = page.url();
  await key("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("main")), "Tab goes on within the answer");
  await page.$eval("main a[href^='/e/']", (link) => link.focus());
  await key("Enter");
  await until(page, (entry) => location.href !== entry, entry);
  await page.goBack();
  await until(page, (question) => document.querySelector("h1").textContent === question, question);
  assert.equal(page.url(), entry);

  // A question of its own, answered in place, with its address; then that it helped.
  await page.focus("#q");
  await page.$eval("#q", (field) => field.select());
  await page.keyboard.type("ICP transfer Baidu");
  await key("Enter");
  await until(page, () => document.querySelector("main .answered"));
  assert.equal(page.url(), `${home}/?q=ICP+transfer+Baidu`);
  assert.match(await text(page, "#status"), /^Answer: /);
  assert.match(await page.title(), /^ICP transfer Baidu/);
  await page.focus(".helped button[value=yes]");
  await key("Enter");
  await until(page, () => /recorded/.test(document.getElementById("status").textContent));
  assert.match(readFileSync(log, "utf8"), /"event":"helped"/);

  // An entry that the question found: its address names no question, its record does.
  await page.$eval(".candidates a", (link) => link.focus());
  await key("Enter");
  await until(page, () => location.pathname.startsWith("/e/"));
  assert.equal(new URL(page.url()).search, "");
  await logged(/"event":"opened".*"question":"ICP transfer Baidu"|"question":"ICP transfer Baidu".*"event":"opened"/);

  await page.focus("#q");
  await page.$eval("#q", (field) => field.select());
  await page.keyboard.type("how do I cook rice");
  await key("Enter");
  await until(page, () => /^Not covered/.test(document.getElementById("status").textContent));
  assert.match(await text(page, "h1"), /^Not covered/);
  await page.close();
}

async function thePageWorksWithoutJavaScript() {
  const page = await opened();
  await page.setJavaScriptEnabled(false);
  await page.goto(home);
  await page.type("#q", "ICP transfer Baidu");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  assert.equal(new URL(page.url()).searchParams.get("q"), "ICP transfer Baidu");
  assert.match(await page.content(), /class="result answered"/);
  await Promise.all([page.waitForNavigation(), page.click("main a[href^='/e/']")]);
  assert.match(page.url(), /\/e\//);
  await page.goto(`${home}/?q=ICP+transfer+Baidu`);
  await Promise.all([page.waitForNavigation(), page.click(".helped button[value=no]")]);
  assert.equal(page.url(), `${home}/helped`);
  await page.close();
}

/** The passage of an answer that is longer than a screen: marked, readable, and reached by a link above it. */
async function aPassageIsMarkedAndReached() {
  const folder = mkdtempSync(join(tmpdir(), "faqt-browser-"));
  const rest = "The lamp has a small computer inside, which may hang after a storm. ".repeat(30);
  const parts = [rest, "## Hold the button", "Hold the **button** for ten seconds, see [the button](https://example.org/).", "## After that", rest];
  writeFileSync(join(folder, "reset.md"), `---\nquestion: How do I reset the lamp?\n---\n${parts.join("\n\n")}\n`);
  const lamp = await serve("--kb", folder);
  for (const scheme of ["light", "dark"]) {
    const page = await opened(lamp.home);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(`${lamp.home}/?q=how+long+do+I+hold+the+button+to+reset+the+lamp`);
    const marked = await page.$$eval("section.passage mark", (all) => all.map((mark) => mark.textContent));
    assert.deepEqual(marked, ["Hold", "button", "Hold", "button", "button"]);
    await audit(page, `a passage, ${scheme}`);
    await shot(page, `passage-${scheme}`);
    const isSeen = () => document.getElementById("passage").getBoundingClientRect().top < innerHeight;
    assert.equal(await page.evaluate(isSeen), false);
    await page.focus(".jump");
    await page.keyboard.press("Enter");
    await until(page, isSeen);
    assert.equal(new URL(page.url()).hash, "", "the address stays that of the answer");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("#passage")), "Tab goes on within the passage");
    await page.close();
  }
  lamp.child.kill();
  rmSync(folder, { recursive: true });
}

/** A page whose server is gone says so, and keeps what it shows. */
async function aServerThatIsGoneIsSaid() {
  const page = await opened();
  page.removeAllListeners("console");
  await page.goto(home);
  child.kill();
  await once(child, "exit");
  await page.type("#q", "anything");
  await page.keyboard.press("Enter");
  await until(page, () => /could not be asked/.test(document.getElementById("status").textContent));
  assert.match(await text(page, "h1"), /ICP filing/);
  await page.close();
}

try {
  const STEPS = [
    everyPageIsAccessible, aSessionByKeyboard, thePageWorksWithoutJavaScript, aPassageIsMarkedAndReached, aServerThatIsGoneIsSaid,
  ];
  for (const step of STEPS) {
    await step();
    assert.deepEqual(errors, [], step.name);
    console.log(`ok ${step.name}`);
  }
} finally {
  await browser.close();
  child.kill();
}
