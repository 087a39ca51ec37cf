// Learning at one's own pace: a coordinator writes the steps, a participant takes them, leaves,
// comes back, answers wrong and right, and is credited; the author sees how far they are.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { accounts, signIn } from '../support/accounts.mjs';
import { eachMode } from '../support/browser.mjs';
import { axe } from '../support/checks.mjs';
import { fill, follow, formOf, goesWell, press, send, unique } from '../support/forms.mjs';
import { addUnit, openEnrolment, planEdition } from '../support/planning.mjs';

const GUIDE = 'Capacita: guía de bolsillo.\n';

/** Writes a step of a kind: opens its form from the list of steps, fills it in, sends it. */
async function write(page, kind, fields) {
  await follow(page, page.locator(`main a[href$="kind=${kind}"]`));
  await send(page, 'learning/add_step', fields);
}

/** Writes the four steps of a session. */
async function writeSteps(page, session) {
  await page.goto(`/sessions/${session}/steps`);
  await write(page, 'text', { title: 'Antes de empezar', body: '# Lea esto\n\nToma **una hora**.' });
  await follow(page, page.locator('main a[href$="kind=file"]'));
  const form = formOf(page, 'learning/upload_file');
  await fill(form, { title: 'La guía', body: 'Guárdela en su teléfono.' });
  await form.locator('input[type="file"]').setInputFiles({
    name: 'guía.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(GUIDE),
  });
  await press(page, 'learning/upload_file');
  await write(page, 'link', { title: 'La ley', body: '', link: 'https://www.gob.pe/minam' });
  await write(page, 'question', {
    title: 'Una pregunta',
    body: '¿Qué va primero?',
    answer_1: 'Abrir las cajas',
    feedback_1: 'Eso puede invalidar la prueba.',
    answer_2: 'Asegurar el lugar',
    feedback_2: 'Así la prueba vale.',
    correct: '2',
  });
  assert.equal(await page.locator('tbody tr').count(), 4);
}

/** The heading of the step that is shown. */
function heading(page) {
  return page.locator('h1').innerText();
}

/** Goes on to the next step. */
async function goOn(page) {
  await follow(page, page.locator('.lesson-actions').getByText('Continuar'));
}

/** Chooses an answer and sends it. */
async function answer(page, text) {
  await page.getByLabel(text).check();
  await goOn(page);
}

eachMode('a session is learned at one’s own pace', async ({ page, someone }) => {
  await signIn(page, accounts.coordinator);
  const title = unique('A su ritmo');
  const edition = await planEdition(page, {
    title,
    kind: 'virtual',
    modality: 'self_paced',
    unlimited: true,
  });
  const session = await addUnit(page, edition, 'La única unidad');
  await writeSteps(page, session);
  await openEnrolment(page, edition);

  const learner = await someone();
  await signIn(learner, accounts.participant);
  await learner.goto(`/editions/${edition}`);
  await press(learner, 'enrolment/request');
  await learner.goto(`/learn/${session}`);
  assert.equal(await heading(learner), 'Antes de empezar');
  assert.equal(await learner.locator('.prose h3').innerText(), 'Lea esto');
  await axe(learner);
  await goOn(learner);

  assert.equal(await heading(learner), 'La guía');
  const download = learner.waitForEvent('download');
  await learner.getByRole('link', { name: 'Descargar el archivo' }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), 'guía.txt');
  assert.equal(await readFile(await file.path(), 'utf8'), GUIDE);
  await goOn(learner);

  assert.equal(await heading(learner), 'La ley');
  const link = learner.locator('main a[href="https://www.gob.pe/minam"]');
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');

  // Leaving, and coming back from the own page to where one left.
  await learner.goto('/me');
  await follow(learner, learner.locator(`a[href="/learn/${session}"]`));
  assert.equal(await heading(learner), 'La ley');
  await goOn(learner);

  assert.equal(await heading(learner), 'Una pregunta');
  await axe(learner);
  await answer(learner, 'Abrir las cajas');
  assert.equal(await heading(learner), 'Una pregunta');
  const main = learner.locator('main');
  assert.ok((await main.innerText()).includes('Eso puede invalidar la prueba.'));
  await axe(learner);
  await answer(learner, 'Asegurar el lugar');
  await goesWell(learner, 'answering');
  assert.ok((await main.innerText()).includes('Así la prueba vale.'));
  assert.ok((await main.innerText()).includes('Terminó esta sesión'));
  assert.ok((await main.innerText()).includes('100'), 'all of the edition is attended');
  await axe(learner);

  await page.goto(`/sessions/${session}/progress`);
  assert.ok((await page.locator('tbody').innerText()).includes('4 de 4'));
  await page.goto(`/editions/${edition}/certificates`);
  assert.ok((await page.locator('main').innerText()).includes('Quispe Mamani'));
});
