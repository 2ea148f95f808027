import { get } from 'node:http';
import { expect, test } from 'vitest';
import { Canaries } from './channels.js';
import { ProofPage } from './proof-page.js';

/** As a browser asks for it: where it says that it comes from is its own word, and no page can change it. */
async function ask(page: ProofPage, path: string, site: string | undefined): Promise<string> {
  const { port } = new URL(page.origin);
  return new Promise((resolve, reject) => {
    const headers = site === undefined ? {} : { 'sec-fetch-site': site };
    get({ host: '127.0.0.1', port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.once('end', () => resolve(body));
    }).once('error', reject);
  });
}

test('the page knows who asks it for something that neither it nor its visitor has asked for', async () => {
  const page = await ProofPage.serve(new Canaries());
  try {
    await ask(page, '/loan/x', 'none');
    await ask(page, '/picture', 'same-origin');
    expect(page.strangers).toEqual([]);
    await ask(page, '/picture', 'cross-site');
    await ask(page, '/font', 'none');
    await ask(page, '/loan/x', undefined);
    expect(page.strangers).toEqual(['a client without a name', 'cross-site', 'none']);
  } finally {
    page.close();
  }
});

test('a script that cannot plant its channel is told by the name of the channel, and by no more', async () => {
  const canaries = new Canaries();
  const page = await ProofPage.serve(canaries);
  try {
    const script = await ask(page, '/proof.js', 'same-origin');
    // What the page does with its own console, clock and promises would reach those of the test.
    const given = ['window', 'document', 'console', 'setTimeout', 'Promise'];
    const told = new Function(...given, `${script}\nreturn window.proofFaults;`);
    const button = { addEventListener: () => undefined };
    const unplanted: readonly string[] = told(
      {},
      { getElementById: (id: string) => (id === 'act' ? button : null) },
    );
    expect(unplanted).toContain('text of a canvas');
    expect(unplanted).toContain('state of the history');
    for (const { token } of canaries.all) expect(unplanted.join('\n')).not.toContain(token);
  } finally {
    page.close();
  }
});
