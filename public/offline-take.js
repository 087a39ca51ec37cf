// Takes a session's list along. The PIN stays here. Its words stand in the page.
import { needsReader } from './camera.js';
import { erase, hasKept, keep, rosters } from './offline-vault.js';

const form = document.querySelector('[data-take]');
const fault = (name) => {
  for (const part of form.querySelectorAll('[data-fault]')) part.hidden = part.dataset.fault !== name;
};
/** All one digit, or all in a row, up or down. */
const isWeak = (pin) => {
  const steps = new Set([...pin].slice(1).map((digit, at) => digit - pin[at]));
  return !/^\d{6,12}$/.test(pin) || (steps.size === 1 && Math.abs([...steps][0]) < 2);
};
/** Has the page that opens without a connection put aside, in this page's language, and what it takes to scan. */
const putAside = async () => {
  const worker = (await navigator.serviceWorker.ready).active;
  const channel = new MessageChannel();
  const done = new Promise((go) => { channel.port1.onmessage = ({ data }) => go(data); });
  const wanted = { lang: document.documentElement.lang, reader: await needsReader() };
  worker.postMessage(wanted, [channel.port2]);
  if (!(await done)) throw new Error();
};
const take = async (phone, pin) => {
  const session = Number(form.dataset.session);
  const before = (await rosters()).filter((roster) => roster.session === session);
  for (const { id } of before) if (await hasKept(id)) return fault('pending');
  await putAside();
  const body = new URLSearchParams({ session, phone });
  const headers = { accept: 'application/json' };
  const answer = await fetch(form.dataset.take, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error();
  await keep(await answer.json(), pin);
  for (const { id } of before) await erase(id);
  await navigator.storage?.persist?.();
  form.reset();
  location.assign(form.dataset.shell);
};
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { phone, pin, again } = Object.fromEntries(new FormData(form));
  if (pin !== again) return fault('differ');
  if (isWeak(pin)) return fault('weak');
  fault();
  const [button, busy] = [form.querySelector('button'), form.querySelector('[data-busy]')];
  button.disabled = !(busy.hidden = false);
  await take(phone, pin).catch(() => fault('lost'));
  button.disabled = !(busy.hidden = true);
});
if (crypto.subtle && 'serviceWorker' in navigator && 'indexedDB' in window) {
  document.querySelector('[data-without]').hidden = true;
  form.classList.remove('is-asleep');
  navigator.serviceWorker.register(form.dataset.worker);
} else form.hidden = true;
