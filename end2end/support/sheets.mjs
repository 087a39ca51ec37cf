// Looking into sheets and codes with programs that know nothing of Capacita.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The address in a QR code that a page shows. */
export async function readCode(picture) {
  return inFolder(async (folder) => {
    const path = join(folder, 'code.png');
    await picture.screenshot({ path });
    return decode(path);
  });
}

/** What is written on a sheet; a damaged file is refused. */
export async function readText(pdf) {
  return inFolder((folder) => text(folder, pdf));
}

/** What is written on a certificate, and the address in its QR code; a damaged file is refused. */
export async function readSheet(pdf) {
  return inFolder(async (folder) => {
    const written = await text(folder, pdf);
    const [sheet, picture] = [join(folder, 'sheet.pdf'), join(folder, 'sheet')];
    await run('pdftoppm', ['-r', '150', '-png', '-singlefile', sheet, picture]);
    return { text: written, address: await decode(`${picture}.png`) };
  });
}

/** Does something in a folder that is gone afterwards. */
async function inFolder(act) {
  const folder = await mkdtemp(join(tmpdir(), 'capacita-'));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes the sheet into the folder and reads it. */
async function text(folder, pdf) {
  const sheet = join(folder, 'sheet.pdf');
  await writeFile(sheet, pdf);
  await run('qpdf', ['--check', sheet]);
  return (await run('pdftotext', ['-layout', sheet, '-'])).stdout;
}

async function decode(picture) {
  return new URL((await run('zbarimg', ['--raw', '-q', picture])).stdout.trim());
}
