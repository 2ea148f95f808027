/** Leaks in the two browsers: what their own stores keep of a view, and what the console reports. */

import { leakInConsole, leakInSdk } from './browser-plant.js';
import type { Mutant } from './mutant.js';

const base64 = 'btoa(String.fromCharCode(...f.subarray(0,3000)))';

function inConsole(mutant: Omit<Mutant, 'place' | 'plants' | 'stoppedBy' | 'patches'>, code: string): Mutant {
  return {
    ...mutant,
    place: 'console',
    plants: 'sealed',
    stoppedBy: 'detected only',
    patches: leakInConsole({ frames: 6, code }),
  };
}

export const browsers: readonly Mutant[] = [
  inConsole(
    {
      name: 'agent-indexed-db',
      title: "The console keeps frames in the agent's IndexedDB",
      detector: 'browser-profiles',
      short: true,
    },
    "const r=indexedDB.open('planted',1);r.onupgradeneeded=()=>r.result.createObjectStore('frames');r.onsuccess=()=>{r.result.transaction('frames','readwrite').objectStore('frames').put(f.slice(),number);r.result.close()};",
  ),
  inConsole(
    {
      name: 'agent-cache-storage',
      title: "The console keeps frames in the agent's cache storage",
      detector: 'browser-profiles',
      short: false,
    },
    "const kept=f.slice();caches.open('planted').then(c=>c.put('/planted/'+number,new Response(kept)));",
  ),
  inConsole(
    {
      name: 'agent-local-storage',
      title: "The console keeps a draft of a view in the agent's localStorage",
      detector: 'browser-profiles',
      short: false,
    },
    `localStorage.setItem('planted:'+number,${base64});`,
  ),
  {
    ...inConsole(
      {
        name: 'policy-report',
        title: 'The browser reports a violation of the policy, with a sample of a frame',
        detector: 'sinks',
        short: false,
      },
      `try{document.createElement('script').textContent=${base64}}catch{}`,
    ),
    patches: (planting) => [
      {
        file: 'server/dist/http/security-headers.js',
        find: 'requireTrustedTypesFor: ["\'script\'"],',
        where: 'after',
        put: `\n                reportUri: ['http://127.0.0.1:${planting.sinks.errors}/policy'],`,
      },
      ...leakInConsole({
        frames: 6,
        code: `try{document.createElement('script').textContent=${base64}}catch{}`,
      })(planting),
    ],
  },
  {
    name: 'visitor-draft',
    title: "The SDK keeps a draft of the page in the visitor's localStorage",
    place: 'sdk',
    plants: 'plaintext',
    detector: 'browser-profiles',
    stoppedBy: 'detected only',
    short: false,
    where: 'visitor',
    patches: () =>
      leakInSdk({
        frames: 4,
        code: "try{localStorage.setItem('planted:'+number,String.fromCharCode(...f.subarray(12,30000)))}catch{}",
      }),
  },
];
