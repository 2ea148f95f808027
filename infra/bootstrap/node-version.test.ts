/** A Node that is too old is told so by the file that it can still read. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { nodeVersionFault } from './node-version.mjs';

const file = new URL('./node-version.mjs', import.meta.url);

describe('the version of Node', () => {
  it.each(['20.19.0', '20.20.1', '21.0.0', '22.4.0', '24.11.1', '100.0.0'])('%s will do', (version) => {
    expect(nodeVersionFault(version)).toBeUndefined();
  });

  it.each(['20.18.9', '20.9.0', '18.99.0', '8.0.0', '0.10.48'])('%s is too old', (version) => {
    expect(nodeVersionFault(version)).toBe(
      `alongside: Node ${version} is too old. Install Node 20.19 or newer (https://nodejs.org) and run this again.`,
    );
  });

  it('is the one that package.json asks for', async () => {
    const { engines } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    const oldest = `${engines.node.replace('>=', '')}.0`;
    expect(nodeVersionFault(oldest)).toBeUndefined();
    const [major, minor] = oldest.split('.').map(Number);
    expect(nodeVersionFault(`${major}.${(minor ?? 0) - 1}.0`)).toBeDefined();
  });

  it('ends the program with code 1 and that one line, before anything else is loaded', async () => {
    const program = `
      Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });
      const { requireNodeVersion } = await import(${JSON.stringify(file.href)});
      requireNodeVersion();
      process.stdout.write('went on');
    `;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    await expect(run).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^alongside: Node 18\.20\.4 is too old\. .*\n$/),
    });
    expect(await readFile(file, 'utf8')).not.toMatch(/^import /m);
  });
});
