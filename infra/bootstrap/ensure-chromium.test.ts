/** The browser that is given is used or refused; the distribution's is installed for root and named for others. */
import { expect, it } from 'vitest';
import { ensureChromium } from './ensure-chromium.mjs';

const packages = [{ name: 'chromium', probe: { file: '/not/there/chromium' } }];
const nothing = { ok: false, code: 100, notFound: false, tail: 'E: no network' };

function machine(root: boolean) {
  const asked: string[] = [];
  const said: string[] = [];
  const run = async (command: string, args: readonly string[]) => {
    asked.push(`${command} ${args.at(-1)}`);
    return nothing;
  };
  return { asked, said, search: { env: {}, packages, system: { run, isRoot: () => root } } };
}

it('uses the one that is named, which has to start', async () => {
  const { search, asked } = machine(true);
  const given = (path: string) => ensureChromium(() => undefined, { ...search, env: { CHROMIUM_BIN: path } });
  expect(await given('/bin/true')).toBe('/bin/true');
  await expect(given('/bin/false')).rejects.toMatchObject({
    message: 'the browser /bin/false does not start',
    remedy: expect.stringContaining('CHROMIUM_BIN'),
  });
  await expect(given('/not/there')).rejects.toThrow('does not start');
  expect(asked).toEqual([]);
});

it('names the command to whoever is not root, and installs nothing', async () => {
  const { search, asked, said } = machine(false);
  await expect(ensureChromium((line) => said.push(line), search)).rejects.toMatchObject({
    message: 'the browser tests need Chromium: missing system packages: chromium',
    remedy: 'Run: sudo apt-get install -y --no-install-recommends chromium',
  });
  expect([asked, said]).toEqual([[], []]);
});

it('says to root what it installs, and fails with the command where that cannot be done', async () => {
  const { search, asked, said } = machine(true);
  await expect(ensureChromium((line) => said.push(line), search)).rejects.toMatchObject({
    message: 'the browser tests need Chromium: apt-get could not install chromium (E: no network)',
    remedy: 'Run: apt-get install -y --no-install-recommends chromium',
  });
  expect(said).toEqual(['installing system packages: chromium']);
  expect(asked).toEqual(['apt-get chromium', 'apt-get update', 'apt-get chromium']);
});
