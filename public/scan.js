// Scans one personal code after another. Its words stand in the page.
import { hasCamera, scan } from './camera.js';

const box = document.querySelector('[data-scan]');
const find = (what) => box.querySelector(what);
const show = (state) => {
  for (const part of box.querySelectorAll('[data-when]')) part.hidden = part.dataset.when !== state;
};
let sound;
const tell = (good, words) => {
  const said = find('.scanner-said');
  said.className = `scanner-said ${good ? 'is-good' : 'is-bad'}`;
  said.textContent = words;
  const tone = sound.createOscillator();
  tone.frequency.value = good ? 880 : 220;
  tone.connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 0.15);
  navigator.vibrate?.(good ? 80 : [80, 80, 80]);
};
const send = async (token) => {
  const body = new URLSearchParams({ session: box.dataset.session, token });
  const headers = { accept: 'application/json' };
  try {
    const answer = await fetch(box.dataset.scan, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error();
    const { good, words } = await answer.json();
    tell(good, words);
    return true;
  } catch {
    tell(false, find('[data-lost]').textContent);
    return false;
  }
};
const start = async () => {
  show('on');
  sound = new AudioContext();
  await scan(find('video'), send).catch(() => show('refused'));
};
box.hidden = false;
show(hasCamera ? 'ready' : 'none');
find('button').addEventListener('click', start);
