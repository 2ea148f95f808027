/** The customer's colour, and whether text on it has to be dark or light. */

export interface Accent {
  readonly accent: string;
  readonly onAccent: string;
}

const fallback = { accent: '#1f5f5b', onAccent: '#ffffff' };

/** Only `#rrggbb` is taken; anything else would let a setting write rules into the panel. */
export function readAccent(setting: string | undefined): Accent {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(setting ?? '');
  if (match === null || setting === undefined) return fallback;
  const [red = 0, green = 0, blue = 0] = match
    .slice(1)
    .map((part) => linear(Number.parseInt(part, 16) / 255));
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // The luminance at which black and white contrast equally is about 0.179 (WCAG 2, relative luminance).
  return { accent: setting.toLowerCase(), onAccent: luminance > 0.179 ? '#10150f' : '#ffffff' };
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
