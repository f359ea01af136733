// Opens exported pages from `file://` in headless Chromium and asks them.
//
//   node tests/browser/export.mjs CHROMIUM FOLDER [SHOTS]
//
// FOLDER has `built-in.html`, `second.html`, `words.html` (without vectors), `many.html` (300 entries) and the site `site/`, as
// `.ci/run` exports them;
// SHOTS is a folder for screenshots.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [chromium, folder, shots] = process.argv.slice(2);
const address = (file, hash = "") => pathToFileURL(resolve(folder, file)).href + hash;
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-dev-shm-usage"] });

/** What went wrong while pages were open: an error that an event handler throws would be lost. */
const errors = [];

/** Opens a page; any request but for files, and any error of a script, fails the run at its end. */
async function opened(file, hash, before) {
  const page = await browser.newPage();
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) errors.push(`a request leaves the page: ${request.url()}`);
  });
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  if (before) await before(page);
  const start = performance.now();
  await page.goto(address(file, hash), { waitUntil: "load" });
  return { page, start };
}

const isReady = () => !document.getElementById("faqt-all") && document.getElementById("q").getAttribute("role") === "combobox";
const shoot = async (page, name) => { if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true }); };

async function conforms() {
  const questions = readFileSync(new URL("../conformance/questions.jsonl", import.meta.url), "utf8").trim().split("\n").map((line) => JSON.parse(line));
  for (const [kb, file] of [["built-in", "built-in.html"], ["second", "second.html"]]) {
    const { page } = await opened(file, "");
    await page.waitForFunction(isReady);
    const differences = [];
    for (const expected of questions.filter((question) => question.kb === kb)) {
      const found = await page.evaluate((query) => globalThis.faqtKnowledgeBase.then((kb) => kb.search(query)), expected.query);
      const hits = [found.answer, ...found.candidates].filter(Boolean).map((entry) => entry.id);
      const answered = { ...expected, outcome: found.outcome, confidence: Math.round(found.confidence * 1e4) / 1e4, hits };
      if (JSON.stringify(answered) !== JSON.stringify(expected)) differences.push({ expected, answered });
    }
    assert.deepEqual(differences, [], `${kb} answers as everywhere`);
    await page.close();
  }
}

async function asksOneFile() {
  const { page, start } = await opened("built-in.html", "#/?q=ICP%20transfer%20Baidu");
  await page.waitForSelector(".result.answered");
  console.log(`first answer after ${Math.round(performance.now() - start)} ms, ${statSync(join(folder, "built-in.html")).size} bytes`);
  assert.match(await page.$eval("h1", (heading) => heading.textContent), /Baidu/);
  await shoot(page, "answered");
  await page.click("#q", { clickCount: 3 });
  await page.keyboard.type("备案要多久");
  await page.waitForSelector("#options:not([hidden]) li");
  await shoot(page, "typing");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash.startsWith("#/e/"));
  const entry = await page.evaluate(() => location.hash);
  await page.goBack();
  await page.waitForFunction(() => location.hash.startsWith("#/?q="));
  await page.click("#q", { clickCount: 3 });
  await page.keyboard.type("what is the weather in paris");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".result.not-covered");
  await shoot(page, "not-covered");
  await page.close();

  const deep = await opened("built-in.html", entry);
  await deep.page.waitForFunction(isReady);
  await deep.page.waitForSelector("#main article, #main h1");
  await shoot(deep.page, "entry");
  await deep.page.setViewport({ width: 360, height: 700 });
  await deep.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  await shoot(deep.page, "narrow-dark");
  await deep.page.close();
  const note = await opened("built-in.html", "#fn-1");
  await note.page.waitForFunction(isReady);
  assert.match(await note.page.$eval("h1", (heading) => heading.textContent), /ICP filing/, "the address of a note names no page");
  await note.page.close();
  const many = await opened("many.html", "#/?q=number%20299");
  await many.page.waitForSelector(".result.answered");
  assert.equal(await many.page.$("#faqt-all"), null, "all questions are shown where there is no search alone");
  await many.page.close();
  const words = await opened("words.html", "#/?q=review%20time");
  await words.page.waitForSelector(".result");
  await words.page.close();
}

async function answersWithoutTheEngine() {
  const lacks = {
    "no WebAssembly": (page) => page.evaluateOnNewDocument(() => { delete globalThis.WebAssembly; }),
    "no DecompressionStream": (page) => page.evaluateOnNewDocument(() => { delete globalThis.DecompressionStream; }),
    "no JavaScript": (page) => page.setJavaScriptEnabled(false),
  };
  for (const [lack, before] of Object.entries(lacks)) {
    const many = await opened("many.html", "", before);
    const questions = await many.page.$$eval("#faqt-all li", (all) => all.map((question) => question.innerText));
    assert.equal(questions.length, 300, lack);
    assert.match(questions[299], /number 300/, lack);
    await many.page.close();
    const { page } = await opened("built-in.html", "#/contents", before);
    const text = await page.evaluate(() => document.body.innerText);
    assert.match(text, /lacks WebAssembly|needs JavaScript/, lack);
    assert.match(text, /All questions/, lack);
    const shown = await page.$$eval("#faqt-all > div", (entries) => entries.length);
    assert.ok(shown >= 14, `${lack}: ${shown} entries`);
    assert.equal(await page.$eval("#ask", (form) => getComputedStyle(form).display), "none", lack);
    await shoot(page, lack.replace(/ /g, "-").toLowerCase());
    await page.close();
  }
}

async function asksASite() {
  const { page, start } = await opened("site/index.html", "");
  await page.click("#main a[href^='e/']");
  await page.waitForFunction(() => location.pathname.includes("/e/") && document.getElementById("q"));
  await shoot(page, "site-entry");
  await page.type("#q", "ICP transfer Baidu");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".result.answered");
  console.log(`site: an answer after ${Math.round(performance.now() - start)} ms`);
  const plain = await opened("site/contents.html", "", (fresh) => fresh.setJavaScriptEnabled(false));
  const links = await plain.page.$$eval("#main a", (all) => all.map((link) => link.href));
  assert.ok(links.length >= 14 && links.every((link) => link.startsWith("file:")));
  await plain.page.goto(links[0]);
  assert.match(await plain.page.$eval("#main", (main) => main.innerText), /\w/);
  await plain.page.goto(address("site/keywords.html"));
  const forms = await plain.page.$$eval("form", (all) => all.map((form) => getComputedStyle(form).display));
  assert.deepEqual(forms, ["none", "none"], "no form is shown that does nothing");
}

try {
  for (const check of [asksOneFile, answersWithoutTheEngine, asksASite, conforms]) {
    await check();
    assert.deepEqual(errors, [], check.name);
    console.log(`ok ${check.name}`);
  }
} finally {
  await browser.close();
}
