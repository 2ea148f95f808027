/** Reads fields of values whose shape is not to be trusted. */

export type RawRecord = Readonly<Record<string, unknown>>;

const NONE: readonly RawRecord[] = [];

export function asRecord(value: unknown): RawRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as RawRecord)
    : undefined;
}

/** The items that are records; anything else among them is left out. */
export function asRecords(value: unknown): readonly RawRecord[] {
  if (!Array.isArray(value) || value.length === 0) return NONE;
  return value.map(asRecord).filter((item) => item !== undefined);
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A node's number. */
export function asId(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}

/** The named fields that hold finite numbers. */
export function pickNumbers(record: RawRecord, fields: readonly string[]): Record<string, number> {
  const picked: Record<string, number> = {};
  for (const field of fields) {
    const value = asNumber(record[field]);
    if (value !== undefined) picked[field] = value;
  }
  return picked;
}
