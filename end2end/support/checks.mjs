// Checks that any page must pass.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { runsScripts } from './browser.mjs';

/** A phone, a tablet, a desk: widths in CSS pixels. */
export const widths = [360, 768, 1280];

/** Axe itself, of the version that its package for Playwright names. */
const { source } = createRequire(import.meta.resolve('@axe-core/playwright'))('axe-core');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const RESULTS = new URL('../results/', import.meta.url);

/**
 * Asserts that axe finds nothing wrong with the page as it stands. Axe needs JavaScript: without
 * it the check is passed over, and the same page is checked in the other mode.
 */
export async function axe(page) {
  if (!runsScripts(page)) return;
  assert.deepEqual(await violations(page), [], `accessibility of ${page.url()}`);
}

/** What axe finds wrong, a line a rule. The debugger loads axe, which no page's policy refuses. */
async function violations(page) {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`${source}; undefined`);
  return page.evaluate(async (values) => {
    const { violations: found } = await window.axe.run({
      runOnly: { type: 'tag', values },
      resultTypes: ['violations'],
      preload: false,
    });
    return found.map(({ id, help, nodes }) => {
      const places = nodes.map((node) => node.target.join(' ')).join('; ');
      return `${id} (${help}) at ${places}`;
    });
  }, RULES);
}

/**
 * Everything that is wrong with the looks of a page, at a desk in light and on a phone in dark:
 * what axe says, and what makes it scroll sideways. What is folded away is opened for the phone.
 * The context asks for reduced motion, or colours would be looked at while they change.
 */
export async function faultsOfLooks(page) {
  const faults = [];
  for (const [width, colorScheme] of [[1280, 'light'], [360, 'dark']]) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    if (width === 360) await unfold(page);
    const found = [...(await tooWide(page)), ...(await violations(page))];
    faults.push(...found.map((fault) => `${width} px, ${colorScheme}: ${fault}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
  return faults;
}

/**
 * What has moved by itself since the page began to load, a line a shift: nothing may, for whoever
 * is about to press something would press something else. The bound is nought; a page is written
 * by the server as a whole, and what a script adds to it has its place beforehand.
 */
export async function shifts(page) {
  if (!runsScripts(page)) return [];
  const seen = await page.evaluate(async () => {
    // Shifts are known once what has changed was painted.
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    return window.shiftsSoFar();
  });
  return seen.map(({ value, moved }) => `shifts by ${value}: ${moved.join(', ')}`);
}

/** Opens what is folded away in the content. */
async function unfold(page) {
  await page.locator('main details').evaluateAll((all) => {
    for (const details of all) details.open = true;
  });
}

async function tooWide(page) {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return over > 0 ? [`${over} px too wide`] : [];
}

/** Asserts that the page fits each width: nothing makes it scroll sideways. */
export async function fits(page, all = widths) {
  for (const width of all) {
    await page.setViewportSize({ width, height: 800 });
    assert.deepEqual(await tooWide(page), [], `${page.url()} at ${width} px`);
  }
}

/**
 * With SCREENS=1, writes the whole page at each width to `results/<name>-<width>.png` (from the
 * mode with JavaScript; the other looks the same).
 */
export async function screens(page, name) {
  if (process.env.SCREENS !== '1' || !runsScripts(page)) return;
  await mkdir(RESULTS, { recursive: true });
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const path = new URL(`${name}-${width}.png`, RESULTS).pathname;
    await page.screenshot({ path, fullPage: true });
  }
}
