// One browser for a test file, and one fresh context (cookies, storage) for each journey.
//
// The server runs already: CAPACITA_URL says where. `cargo xtask test` starts one with the demo
// program; `cargo xtask serve` in another window serves as well.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { chromium } from 'playwright-core';

/** Where the server is. */
export const baseURL = process.env.CAPACITA_URL ?? 'http://127.0.0.1:3000';

/** Long enough for a build for development on a busy machine, in milliseconds. */
const ANSWER_LIMIT = 15_000;
const JOURNEY_LIMIT = 120_000;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser;

/** The browser, started when it is first needed and closed after the file's last test. */
export async function launch() {
  browser ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  return browser;
}

after(async () => {
  if (browser) await (await browser).close();
});

/**
 * Runs a journey twice: with JavaScript and without.
 *
 * The journey receives
 * - `page`: a page of a fresh context; `page.goto('/courses')` and the like are relative;
 * - `context`: that context; `context.newPage()` opens another page of the same person;
 * - `javaScript`: whether it is on;
 * - `someone()`: a page of another person, in a context of its own;
 * - `t`: the test, for `t.test`, `t.diagnostic`, `t.skip`.
 *
 * Whatever the journey itself asserts, it fails when a page throws an exception, logs an error,
 * breaks the content security policy, or receives a 5xx answer, or when anything but a page that
 * was asked for (a style sheet, a script, a picture) is refused.
 *
 * @param {string} title what the journey shows
 * @param {(journey: object) => Promise<void>} journey
 * @param {object} [options] passed to Playwright's `newContext`, such as `{ locale: 'en' }`
 */
export function eachMode(title, journey, options = {}) {
  for (const javaScript of [true, false]) {
    runIn(javaScript, title, journey, options);
  }
}

/** As `eachMode`, for what makes sense with JavaScript alone. */
export function withJavaScript(title, journey, options = {}) {
  runIn(true, title, journey, options);
}

/** As `eachMode`, for what makes sense without JavaScript alone. */
export function withoutJavaScript(title, journey, options = {}) {
  runIn(false, title, journey, options);
}

function runIn(javaScript, title, journey, options) {
  const mode = javaScript ? 'JavaScript on' : 'JavaScript off';
  test(`${title} (${mode})`, { timeout: JOURNEY_LIMIT }, async (t) => {
    const faults = [];
    const contexts = [];
    const open = async () => {
      const context = await newContext({ javaScriptEnabled: javaScript, ...options });
      contexts.push(context);
      context.on('page', (page) => watch(page, faults));
      return context;
    };
    try {
      const context = await open();
      const page = await context.newPage();
      const someone = async () => (await open()).newPage();
      await journey({ page, context, javaScript, someone, t });
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
    }
    assert.deepEqual(faults, [], 'the pages must work without faults');
  });
}

const withoutScripts = new WeakSet();

/** Whether the page runs scripts. */
export function runsScripts(page) {
  return !withoutScripts.has(page.context());
}

async function newContext(options) {
  const context = await (await launch()).newContext({
    baseURL,
    locale: 'es-PE',
    timezoneId: 'America/Lima',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(ANSWER_LIMIT);
  if (options.javaScriptEnabled === false) withoutScripts.add(context);
  else {
    await context.addInitScript(tellViolations);
    await context.addInitScript(noteShifts);
  }
  return context;
}

/** Runs in the page: the browser itself logs only some of them. */
function tellViolations() {
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error(`policy ${event.effectiveDirective} refuses ${event.blockedURI}`);
  });
}

/**
 * Runs in the page: `shiftsSoFar()` tells what has moved by itself since the page began to load, as
 * the browser reckons layout shifts, and what moved: anything below the top bar.
 */
function noteShifts() {
  const seen = [];
  // The top bar comes first: a busy machine shows a part of it before the rest of it has come.
  const isInTopBar = ({ node }) => (node?.closest ? node : node?.parentElement)?.closest('.bar-top');
  const note = (entries) => {
    for (const { value, hadRecentInput, sources } of entries) {
      const moved = sources.map(({ node }) => node?.className || node?.nodeName || 'something gone');
      const onlyTopBar = sources.length > 0 && sources.every(isInTopBar);
      if (!hadRecentInput && !onlyTopBar) seen.push({ value, moved });
    }
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  window.shiftsSoFar = () => {
    note(observer.takeRecords());
    return seen;
  };
}

/** Writes down what must not happen on any page. */
function watch(page, faults) {
  page.on('pageerror', (error) => faults.push(`exception on ${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // The browser also logs each refused request; journeys judge those by the page itself.
    const isRefusal = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isRefusal) {
      faults.push(`console on ${page.url()}: ${message.text()}`);
    }
  });
  page.on('response', (response) => {
    const isPart = ['stylesheet', 'script', 'image', 'font', 'manifest'].includes(
      response.request().resourceType(),
    );
    if (response.status() >= (isPart ? 400 : 500)) {
      faults.push(`${response.status()} from ${response.url()}`);
    }
  });
}
