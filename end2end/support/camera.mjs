// A camera for machines that have none: it sees a sheet of paper on which a test shows pictures.

/** Lends the page a camera; to be called before the page is opened. */
export async function lendCamera(page) {
  await page.addInitScript(() => {
    const paper = document.createElement('canvas');
    Object.assign(paper, { width: 640, height: 480 });
    const pen = paper.getContext('2d');
    const clear = () => {
      pen.fillStyle = '#ddd';
      pen.fillRect(0, 0, paper.width, paper.height);
    };
    clear();
    // A picture that nobody draws anew is one that no camera sends.
    let shown;
    setInterval(() => {
      clear();
      if (shown) pen.drawImage(shown, 170, 90, 300, 300);
    }, 50);
    window.holdUp = (picture) => (shown = picture);
    navigator.mediaDevices.getUserMedia = async () => paper.captureStream(20);
  });
}

/** Holds a picture (PNG) up to the camera. */
export async function holdUp(page, png) {
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    window.holdUp(await createImageBitmap(new Blob([bytes], { type: 'image/png' })));
  }, png.toString('base64'));
}
