/**
 * Makes the README's picture of visitor and console side by side, with the real service behind both:
 * `node infra/screenshot/take-screenshot.mjs`. With `--all` also every screen, in light and dark, into
 * `e2e/test-results/screens`.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
const only = process.argv.includes('--all') ? [] : ['side-by-side'];
const args = [playwright, 'test', '-c', 'infra/screenshot/playwright.config.mjs', ...only];
const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
