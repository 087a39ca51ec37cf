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
// What reads the code that the camera sees: the browser where it can, otherwise our own reader,
// which is fetched only then.
const reader = async (video) => {
  const known = 'BarcodeDetector' in window ? await BarcodeDetector.getSupportedFormats() : [];
  if (known.includes('qr_code')) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    return async () => (await detector.detect(video).catch(() => []))[0]?.rawValue;
  }
  const { default: load, read } = await import(box.dataset.reader);
  await load({ module_or_path: box.dataset.wasm });
  const paper = document.createElement('canvas');
  const pen = paper.getContext('2d', { willReadFrequently: true });
  return async () => {
    // Fine enough for a code held at arm's length, and quick on a cheap phone.
    const scale = Math.min(1, 640 / Math.max(video.videoWidth, video.videoHeight));
    paper.width = Math.round(video.videoWidth * scale);
    paper.height = Math.round(video.videoHeight * scale);
    if (!paper.width || !paper.height) return undefined;
    pen.drawImage(video, 0, 0, paper.width, paper.height);
    return read(paper.width, paper.height, pen.getImageData(0, 0, paper.width, paper.height).data);
  };
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
  const read = await reader(video);
  const last = { token: '', at: 0 };
  for (;;) {
    const token = await read();
    if (token && (token !== last.token || Date.now() - last.at > 5000)) {
      last.token = (await send(token)) ? token : '';
      last.at = Date.now();
    }
    await new Promise((again) => setTimeout(again, 150));
  }
};
box.hidden = false;
show(navigator.mediaDevices ? 'ready' : 'none');
find('button').addEventListener('click', start);
