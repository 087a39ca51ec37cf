// Reads codes by the camera: with the browser where it can, otherwise with our own reader, which is
// fetched only then.

/** Whether this browser lets the page use a camera. */
export const hasCamera = Boolean(navigator.mediaDevices);

/** Whether codes are read by our own reader: most browsers of iPhones and desktops have none. */
export const needsReader = async () => {
  const known = 'BarcodeDetector' in window ? await BarcodeDetector.getSupportedFormats().catch(() => []) : [];
  return !known.includes('qr_code');
};

/** What tells the code that the camera sees now, if there is one. */
const reader = async (video) => {
  if (!(await needsReader())) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    return async () => (await detector.detect(video).catch(() => []))[0]?.rawValue;
  }
  const { default: load, read } = await import('./pkg/scanner.js');
  await load({ module_or_path: new URL('./pkg/scanner_bg.wasm', import.meta.url) });
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

/**
 * Shows the camera's picture, and hands over one code after another for as long as `goesOn`. The same
 * code comes again after five seconds, or at once where `take` says that it was not taken. Throws
 * when the camera or the reader cannot be had.
 */
export const scan = async (video, take, goesOn = () => true) => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  try {
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    const read = await reader(video);
    const last = { code: '', at: 0 };
    while (goesOn()) {
      const code = await read();
      if (goesOn() && code && (code !== last.code || Date.now() - last.at > 5000)) {
        last.code = (await take(code)) ? code : '';
        last.at = Date.now();
      }
      await new Promise((again) => setTimeout(again, 150));
    }
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
    video.hidden = true;
  }
};
