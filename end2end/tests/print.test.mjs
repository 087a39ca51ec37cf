// On paper: what is pressed or leads elsewhere is gone, lists and tables stand whole, in black on
// white, and figures say what they were counted of.

import assert from 'node:assert/strict';
import { before } from 'node:test';
import { accounts, signIn } from '../support/accounts.mjs';
import { withJavaScript } from '../support/browser.mjs';
import { examples } from '../support/demo.mjs';

/** A sheet less its margins, in CSS pixels: 210 mm − 28 mm upright, 297 mm − 28 mm broad. */
const UPRIGHT = 687;
const BROAD = 1016;

/** What nobody can use on paper. */
const NOT_PRINTED = [
  '.skip',
  '.nav',
  '.foot',
  '.breadcrumbs',
  '.tabs',
  '.button',
  '.bulk-bar',
  '.filter-actions',
  '.pager > a',
  '.figure-how',
  '.grid-tools',
  'td > [type="checkbox"]',
  '.screen-only',
].join(', ');

let of;

before(async () => {
  of = await examples();
});

/** Shows a page as it is printed, on a sheet as broad as the page asks for. */
async function printed(page, address) {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize({ width: UPRIGHT, height: 971 });
  await page.goto(address);
  const sheet = await page.evaluate(() => getComputedStyle(document.body).page);
  const width = sheet === 'wide' ? BROAD : UPRIGHT;
  await page.setViewportSize({ width, height: 971 });
  return width;
}

/** What is wrong with the page in sight as a sheet of this width. Runs in the page. */
function faultsOnPaper([width, notPrinted]) {
  const faults = [];
  const expect = (sound, fault) => sound || faults.push(fault);
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
  const style = (element, name) => getComputedStyle(element)[name];
  const name = (element) => `${element.tagName}.${element.className} "${element.textContent.trim().slice(0, 30)}"`;
  const seen = (selector) => [...document.querySelectorAll(selector)].filter(isSeen);
  const [black, white] = ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'];

  for (const element of seen(notPrinted)) faults.push(`${name(element)} is printed`);
  expect(seen('h1').length === 1, 'the heading is not printed');
  expect(seen('.brand').length === 1, 'it does not say whose sheet it is');
  expect(style(document.body, 'color') === black, 'the ink is not black');
  expect(style(document.body, 'backgroundColor') === white, 'the ground is not white');
  for (const link of seen('main a')) {
    expect(style(link, 'color') === style(link.parentElement, 'color'), `${name(link)} has an ink of its own`);
    expect(style(link, 'textDecorationLine') === 'none', `${name(link)} is underlined`);
  }
  for (const frame of seen('.table-scroll, .grid-frame')) {
    expect(style(frame, 'overflowX') === 'visible', 'a table is cut off at the side');
    expect(style(frame, 'maxBlockSize') === 'none', 'a table is cut off below');
  }
  for (const table of seen('main table')) {
    const { left, right } = table.getBoundingClientRect();
    expect(left >= 0 && right <= width + 1, `a table of ${right - left} px on a sheet of ${width}`);
    expect(style(table, 'display') === 'table', 'a table is laid out as cards');
    for (const head of table.tHead ? [table.tHead] : []) {
      expect(style(head, 'display') === 'table-header-group', 'its head is not on every sheet');
    }
    for (const cell of table.querySelectorAll('th, td')) {
      expect(style(cell, 'position') === 'static', `${name(cell)} sticks`);
    }
    for (const row of table.rows) {
      expect(style(row, 'breakInside') === 'avoid', `${name(row)} is torn between sheets`);
    }
  }
  return [...new Set(faults)];
}

async function isFitForPaper(page, address) {
  const width = await printed(page, address);
  const faults = await page.evaluate(faultsOnPaper, [width, NOT_PRINTED]);
  assert.deepEqual(faults, [], address);
}

withJavaScript('a roster is printed whole', async ({ page }) => {
  await signIn(page, accounts.coordinator);
  await isFitForPaper(page, `/editions/${of.editions.today}/enrolments`);
  assert.ok((await page.locator('main tbody tr').count()) > 10, 'the people are on it');

  // The list of a session, which is a form on the screen.
  await isFitForPaper(page, `/sessions/${of.session}/attendance`);
  const people = page.locator('ul.roll > li .roll-name');
  assert.ok((await people.count()) > 10, 'the people are on it');
  assert.ok(await people.last().isVisible());
  await isFitForPaper(page, `/editions/${of.editions.today}/attendance`);
});

withJavaScript('a list of certificates is printed whole', async ({ page }) => {
  await signIn(page, accounts.coordinator);
  await isFitForPaper(page, `/editions/${of.editions.closed}/certificates`);
  assert.ok((await page.locator('main tbody tr').count()) > 5, 'the certificates are on it');
});

withJavaScript('totals are printed with what they were counted of', async ({ page }) => {
  await signIn(page, accounts.manager);
  await isFitForPaper(page, '/reports/totals?period=cy2022&by=sector&sex=f&by=sex');
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).page), 'wide');
  const period = page.locator('select[name="period"]');
  assert.ok(await period.isVisible(), 'the period is on it');
  assert.equal(await period.inputValue(), 'cy2022');
  const border = await period.evaluate((field) => getComputedStyle(field).borderTopWidth);
  assert.equal(border, '0px', 'a field on paper is its value');
  assert.ok(await page.getByText('Sexo: Femenino').isVisible(), 'and what else was asked for');
  assert.ok(await page.locator('tfoot').isVisible(), 'and the grand total');
  assert.equal(await page.locator('.figure-value:visible').count(), 7);
});
