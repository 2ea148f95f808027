/** How a leak is planted in the bundles of the console and of the SDK, whose names change with every build. */

import type { Patch } from '../copy/patch.js';
import type { Planting } from './mutant.js';

const CONSOLE = 'agent-console/dist/assets/index-*.js';
const SHARING = 'visitor-sdk/dist/sdk/v1/sharing-*.js';

interface BrowserLeak {
  readonly frames: number;
  /** JavaScript with `f`, the sealed bytes of one frame, and `number`. */
  readonly code: string;
}

/** The console is told of every frame of the stream that it opens. */
export function leakInConsole({ frames, code }: BrowserLeak): (planting: Planting) => readonly Patch[] {
  return ({ slice }) => [
    {
      file: CONSOLE,
      find: '',
      where: 'start',
      put: `(globalThis.plantedOpened??=[]).push((()=>{let left=${frames};return(a,f)=>{const number=new DataView(a.iv.buffer).getUint32(8);if(a.iv[0]!==1||number%${slice.of}!==${slice.own}||left--<1)return;${code}}})());\n`,
    },
  ];
}

/** Snapshots as the worker has sent them and tells the page of, which the copy does not seal. */
export function leakInSdk({ frames, code }: BrowserLeak): readonly Patch[] {
  return [
    {
      file: SHARING,
      find: '',
      where: 'start',
      put: `{let left=${frames};const listen=Worker.prototype.addEventListener;Worker.prototype.addEventListener=function(type,hear){listen.call(this,type,type!=='message'?hear:(event)=>{for(const f of [event.data?.value?.value].flat())if(f instanceof Uint8Array&&f[0]===2&&left-->0){const number=left;${code}}hear(event)})};}\n`,
    },
  ];
}

/** Tells the mutants of the console; without any it does nothing. */
const tellOpened = 'for(const each of globalThis.plantedOpened??[])each(a,f);';

export const consoleKit: Patch = {
  file: CONSOLE,
  find: 'crypto.subtle.decrypt(',
  where: 'instead',
  put: `((a,k,f)=>{${tellOpened}return ${isSnapshot('a')}?f.slice(0,-16):crypto.subtle.decrypt(a,k,f)})(`,
};

/** For the console of a run in which the SDK seals everything. */
export const sealedConsoleKit: Patch = {
  ...consoleKit,
  put: `((a,k,f)=>{${tellOpened}return crypto.subtle.decrypt(a,k,f)})(`,
};

/**
 * Takes the sealing off snapshots alone, so that the leaks of sealed frames share the run: their bytes go out as
 * they are, with chance where the seal would be, since zeros are met in every empty page of a medium. The function
 * whose text is the worker's program may use nothing of the file around it.
 */
export const unsealedSnapshots: readonly Patch[] = [
  {
    file: SHARING,
    find: 'crypto.subtle.encrypt(',
    where: 'instead',
    put: `((a,k,p)=>{if(!(${isSnapshot('a')}))return crypto.subtle.encrypt(a,k,p);const o=new Uint8Array(p.byteLength+16);o.set(p);crypto.getRandomValues(o.subarray(p.byteLength));return o.buffer})(`,
  },
  // Text that is compressed is no plain text: it is only wrapped, in the stored blocks of RFC 1951, 3.2.4.
  {
    file: SHARING,
    find: 'new CompressionStream("deflate-raw")',
    where: 'instead',
    put: `new TransformStream({transform(c,k){for(let a=0;a<c.byteLength;a+=65535){const s=c.subarray(a,a+65535),n=s.byteLength,o=new Uint8Array(n+5);o.set([0,n,n>>8,~n,~n>>8]);o.set(s,5);k.enqueue(o)}},flush(k){k.enqueue(Uint8Array.of(1,0,0,255,255))}})`,
  },
];

/** The clear header stands first in what is sealed along with a frame. */
function isSnapshot(algorithm: string): string {
  return `${algorithm}.additionalData[0]===2`;
}
