import { afterEach, expect, it, vi } from 'vitest';
import { ownCertificate, prepareCertificate } from './own-certificate.js';

afterEach(() => vi.unstubAllGlobals());

function browserThatTells(fingerprints: unknown): void {
  const made = { getFingerprints: () => fingerprints };
  vi.stubGlobal('RTCPeerConnection', { generateCertificate: async () => made });
}

it('tells the fingerprints of what a connection will be made with, as the other end reads them', async () => {
  browserThatTells([
    { algorithm: 'sha-256', value: 'ab:cd' },
    { algorithm: 'sha-1', value: '00' },
  ]);
  const known = await ownCertificate();
  expect(known?.settings.certificates).toHaveLength(1);
  expect(known?.dtlsParameters).toEqual({
    role: 'client',
    fingerprints: [{ algorithm: 'sha-256', value: 'AB:CD' }],
  });
});

it('gives what was made ahead to one connection, and the next one another', async () => {
  const makes = vi.fn(async () => ({ getFingerprints: () => [{ algorithm: 'sha-256', value: 'ab' }] }));
  vi.stubGlobal('RTCPeerConnection', { generateCertificate: makes });
  prepareCertificate();
  prepareCertificate();
  expect(makes).toHaveBeenCalledTimes(1);
  const first = await ownCertificate();
  expect(makes).toHaveBeenCalledTimes(1);
  expect((await ownCertificate())?.settings.certificates[0]).not.toBe(first?.settings.certificates[0]);
});

it('leaves it to the negotiation where a browser tells of none, makes none or is none', async () => {
  browserThatTells([]);
  expect(await ownCertificate()).toBeUndefined();
  const refuses = () => Promise.reject(new Error('not here'));
  vi.stubGlobal('RTCPeerConnection', { generateCertificate: refuses });
  expect(await ownCertificate()).toBeUndefined();
  vi.stubGlobal('RTCPeerConnection', undefined);
  expect(await ownCertificate()).toBeUndefined();
});
