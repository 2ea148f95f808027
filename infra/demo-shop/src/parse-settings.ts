/** Checks the settings that another process hands over. */
import type { SdkEmbedding } from './sdk-embedding.js';
import type { DemoShopSettings } from './start-demo-shop.js';

const hostPattern = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/** Throws one error that names every fault. */
export function parseSettings(value: unknown): DemoShopSettings {
  const host = member(value, 'host') ?? '127.0.0.1';
  const port = member(value, 'port') ?? 3003;
  const publicHost = member(value, 'publicHost') ?? 'shop.localhost';
  const faults: string[] = [];
  if (typeof host !== 'string' || host === '') faults.push('host must be an address');
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    faults.push('port must be a whole number from 0 to 65535');
  }
  if (typeof publicHost !== 'string' || !hostPattern.test(publicHost)) {
    faults.push('publicHost must be a name with a dot, as shop.localhost');
  }
  let sdk: SdkEmbedding | undefined;
  try {
    sdk = parseSdk(member(value, 'sdk'));
  } catch (error) {
    faults.push(error instanceof Error ? error.message : 'sdk is not understood');
  }
  if (
    faults.length > 0 ||
    typeof host !== 'string' ||
    typeof port !== 'number' ||
    typeof publicHost !== 'string'
  ) {
    throw new Error(`Settings of the demo shop: ${faults.join('; ')}.`);
  }

  return { host, port, publicHost, sdk };
}

export function parseSdk(value: unknown): SdkEmbedding | undefined {
  if (value === undefined || value === null) return undefined;
  const scriptUrl = member(value, 'scriptUrl');
  const siteKey = member(value, 'siteKey');
  const origins = member(value, 'connectOrigins') ?? [];
  if (typeof scriptUrl !== 'string' || !isAddress(scriptUrl, ['http:', 'https:'])) {
    throw new Error('sdk.scriptUrl must be an http(s) address');
  }
  if (typeof siteKey !== 'string' || siteKey === '') throw new Error('sdk.siteKey must not be empty');
  if (!Array.isArray(origins)) throw new Error('sdk.connectOrigins must be a list');

  return { scriptUrl, siteKey, connectOrigins: origins.map(originOf) };
}

/** Only scheme, name and port reach the policy header, so nothing else can be written into it. */
function originOf(value: unknown): string {
  if (typeof value !== 'string' || !isAddress(value, ['http:', 'https:', 'ws:', 'wss:'])) {
    throw new Error('sdk.connectOrigins must hold http(s) or ws(s) origins');
  }
  const { protocol, host } = new URL(value);

  return `${protocol}//${host}`;
}

function isAddress(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
