// Every page that each role can reach by following links: it answers, has one h1, passes axe, and
// fits a phone. One page of each kind is enough: /editions/3 stands for /editions/7.

import assert from 'node:assert/strict';
import { accounts, signIn } from '../support/accounts.mjs';
import { baseURL, withJavaScript } from '../support/browser.mjs';
import { axe, fits, screens } from '../support/checks.mjs';

/** How many pages of one kind are looked at. */
const SAMPLES = 1;

/** Files and one-off answers: not pages. */
const NOT_PAGES = /\.(csv|xlsx|pdf|ics|json)$|^\/(files|assets|health|certificates)\//;

/** The kind of a page: its path with numbers and codes left out. */
function kindOf(path) {
  return path
    .split('/')
    .map((part) => (/^\d+$/.test(part) ? ':id' : /^[0-9A-Z]{26}$/.test(part) ? ':code' : part))
    .join('/');
}

/** The paths that a page links to, without query and fragment. */
async function linksOf(page) {
  const hrefs = await page.locator('a[href]').evaluateAll((links) => links.map((link) => link.href));
  return hrefs
    .map((href) => new URL(href))
    .filter((url) => url.origin === new URL(baseURL).origin)
    .map((url) => url.pathname)
    .filter((path) => !NOT_PAGES.test(path));
}

/** Walks from the home page to one page of every kind, and calls `check` on each. */
async function walk(page, check) {
  const seen = new Map();
  const queue = ['/'];
  while (queue.length > 0) {
    const path = queue.shift();
    const kind = kindOf(path);
    const count = seen.get(kind) ?? 0;
    if (count >= SAMPLES) continue;
    seen.set(kind, count + 1);
    const answer = await page.goto(path);
    assert.equal(answer.status(), 200, `${path} answers ${answer.status()}`);
    await check(kind);
    queue.push(...(await linksOf(page)));
  }
  return [...seen.keys()].sort();
}

function nameOf(role, kind) {
  const rest = kind === '/' ? 'home' : kind.slice(1).replaceAll('/', '_').replaceAll(':', '');
  return `${role}-${rest}`;
}

const roles = { stranger: undefined, ...accounts };

for (const [role, email] of Object.entries(roles)) {
  withJavaScript(`every page of a ${role} stands, reads well and fits`, async ({ page, t }) => {
    if (email) await signIn(page, email);
    const kinds = await walk(page, async (kind) => {
      assert.equal(await page.locator('h1').count(), 1, `${page.url()} has one h1`);
      assert.ok((await page.title()).endsWith('· Capacita'), `${page.url()} has a title`);
      await axe(page);
      await fits(page);
      await screens(page, nameOf(role, kind));
      await page.setViewportSize({ width: 1280, height: 800 });
    });
    t.diagnostic(`${kinds.length} kinds of pages: ${kinds.join(' ')}`);
    assert.ok(kinds.length > 5, 'the walk finds its way');
  });
}

withJavaScript('English is kept from page to page', async ({ page }) => {
  await page.goto('/courses?lang=en');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.goto('/verify');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await axe(page);
});
