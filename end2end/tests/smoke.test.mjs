// The first pages anyone sees: they stand, they read well, and they need no JavaScript.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accounts, signIn } from '../support/accounts.mjs';
import { baseURL, eachMode } from '../support/browser.mjs';
import { axe, fits, screens } from '../support/checks.mjs';

for (const path of ['/', '/sign-in']) {
  eachMode(`${path} stands`, async ({ page }) => {
    const answer = await page.goto(path);
    assert.equal(answer.status(), 200);
    assert.equal(await page.locator('html').getAttribute('lang'), 'es');
    assert.equal(await page.locator('h1').count(), 1);
    await axe(page);
    await fits(page);
    await screens(page, path === '/' ? 'home' : path.slice(1));
  });
}

eachMode('a demo account signs in', async ({ page, context }) => {
  await signIn(page, accounts.participant);
  const cookies = await context.cookies();
  const session = cookies.find(({ name }) => name.endsWith('capacita'));
  assert.ok(session?.httpOnly, 'the session cookie is out of the reach of scripts');
  await axe(page);
});

test('what the pages fetch may be kept for ever', async () => {
  const page = await (await fetch(baseURL)).text();
  const [, path] = page.match(/href="(\/assets\/[^"]+\.css)"/);
  const sheet = await fetch(new URL(path, baseURL));
  assert.equal(sheet.status, 200);
  assert.match(sheet.headers.get('content-type'), /^text\/css/);
  assert.match(sheet.headers.get('cache-control'), /immutable/);
  const wrong = path.replace(/\/assets\/[^/]+/, '/assets/0000000000000000');
  assert.equal((await fetch(new URL(wrong, baseURL))).status, 404);
});
