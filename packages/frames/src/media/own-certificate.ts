/**
 * A certificate that a connection is made with, so that its other end can be told of it before anything is negotiated:
 * one way less between what is sent and what is seen.
 */

export interface OwnCertificate {
  readonly settings: { readonly certificates: RTCCertificate[] };
  readonly dtlsParameters: {
    readonly role: 'client';
    readonly fingerprints: readonly { readonly algorithm: string; readonly value: string }[];
  };
}

let prepared: Promise<OwnCertificate | undefined> | undefined;

/** Made before there is a call: the next one takes it, and only that one. */
export function prepareCertificate(): void {
  prepared ??= newCertificate();
}

/** Undefined where the browser tells of no fingerprints: then they are told of when it negotiates. */
export function ownCertificate(): Promise<OwnCertificate | undefined> {
  const made = prepared ?? newCertificate();
  prepared = undefined;
  return made;
}

async function newCertificate(): Promise<OwnCertificate | undefined> {
  if (globalThis.RTCPeerConnection?.generateCertificate === undefined) return undefined;
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const made = await RTCPeerConnection.generateCertificate(curve).catch(() => undefined);
  const told = made?.getFingerprints?.() ?? [];
  const fingerprints = told.flatMap(({ algorithm, value }) =>
    algorithm === 'sha-256' && value !== undefined ? [{ algorithm, value: value.toUpperCase() }] : [],
  );
  if (made === undefined || fingerprints.length === 0) return undefined;
  return { settings: { certificates: [made] }, dtlsParameters: { role: 'client', fingerprints } };
}
