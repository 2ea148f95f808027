/** Renews the table of settings in the README: `node server/dist/app/write-settings.js README.md`. */

import { readFile, writeFile } from 'node:fs/promises';
import { withSettings } from './settings-markdown.js';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Name the file to renew.');
await writeFile(file, withSettings(await readFile(file, 'utf8')));
