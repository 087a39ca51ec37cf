// Looking into a certificate's sheet with programs that know nothing of Capacita.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What is written on the sheet, and the address in its QR code; a damaged file is refused. */
export async function readSheet(pdf) {
  const folder = await mkdtemp(join(tmpdir(), 'capacita-'));
  try {
    const file = join(folder, 'sheet.pdf');
    await writeFile(file, pdf);
    await run('qpdf', ['--check', file]);
    const text = await run('pdftotext', ['-layout', file, '-']);
    await run('pdftoppm', ['-r', '150', '-png', '-singlefile', file, join(folder, 'sheet')]);
    const code = await run('zbarimg', ['--raw', '-q', join(folder, 'sheet.png')]);
    return { text: text.stdout, address: new URL(code.stdout.trim()) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
