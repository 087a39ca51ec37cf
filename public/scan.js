// Scans one personal code after another. Its words stand in the page.
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
  sound = new AudioContext();
  const video = find('video');
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    await video.play();
  } catch {
    return show('refused');
  }
  show('on');
  const reader = new BarcodeDetector({ formats: ['qr_code'] });
  const last = { token: '', at: 0 };
  for (;;) {
    const [code] = await reader.detect(video).catch(() => []);
    if (code && (code.rawValue !== last.token || Date.now() - last.at > 5000)) {
      last.token = (await send(code.rawValue)) ? code.rawValue : '';
      last.at = Date.now();
    }
    await new Promise((again) => setTimeout(again, 150));
  }
};
box.hidden = false;
show('BarcodeDetector' in window && navigator.mediaDevices ? 'ready' : 'none');
find('button').addEventListener('click', start);
