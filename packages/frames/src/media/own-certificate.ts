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

/** Undefined where the browser tells of no fingerprints: then they are told of when it negotiates. */
export async function ownCertificate(): Promise<OwnCertificate | undefined> {
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
