// Checks that any page must pass.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { runsScripts } from './browser.mjs';

/** A phone, a tablet, a desk: widths in CSS pixels. */
export const widths = [360, 768, 1280];

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const RESULTS = new URL('../results/', import.meta.url);

/**
 * Asserts that axe finds nothing wrong with the page as it stands. Axe needs JavaScript: without
 * it the check is passed over, and the same page is checked in the other mode.
 */
export async function axe(page) {
  if (!runsScripts(page)) return;
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.map(({ id, help, nodes }) => {
    const places = nodes.map((node) => node.target.join(' ')).join('; ');
    return `${id} (${help}) at ${places}`;
  });
  assert.deepEqual(found, [], `accessibility of ${page.url()}`);
}

/** Asserts that the page fits each width: nothing makes it scroll sideways. */
export async function fits(page) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(over <= 0, `${page.url()} is ${over} px too wide at ${width} px`);
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
