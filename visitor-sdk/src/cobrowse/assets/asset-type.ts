/** Tells what bytes are by their first ones: only images and fonts go to an agent. */

const signatures: readonly (readonly [string, readonly (number | undefined)[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/bmp', [0x42, 0x4d]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46, ...skip(4), 0x57, 0x45, 0x42, 0x50]],
  ['image/avif', [...skip(4), 0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69]],
  ['image/x-icon', [0x00, 0x00, 0x01, 0x00]],
  ['font/woff', [0x77, 0x4f, 0x46, 0x46]],
  ['font/otf', [0x4f, 0x54, 0x54, 0x4f]],
  ['font/ttf', [0x00, 0x01, 0x00, 0x00]],
  ['font/woff2', [0x77, 0x4f, 0x46, 0x32]],
];

/** The content type to show the bytes as, or undefined when they are nothing that is shown. */
export function sniffAsset(bytes: Uint8Array, declaredType: string): string | undefined {
  const found = signatures.find(([, signature]) =>
    signature.every((expected, index) => expected === undefined || bytes[index] === expected),
  );
  if (found !== undefined) return found[0];
  return /^image\/svg\+xml\b/i.test(declaredType) && isSvg(bytes) ? 'image/svg+xml' : undefined;
}

/** An image of this type runs no script and loads nothing when it is shown as one. */
function isSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 4096));
  return /^\ufeff?\s*<(?:\?xml|!--|!DOCTYPE svg|svg)/i.test(start) && start.includes('<svg');
}

function skip(count: number): undefined[] {
  return Array.from({ length: count }, () => undefined);
}
