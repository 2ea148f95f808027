/** Hands a JSON document to the visitor as a file. */

const RELEASE_MS = 60_000;

export function saveJson(name: string, value: unknown): void {
  const blob = new Blob([JSON.stringify(value, undefined, 2)], { type: 'application/json' });
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  // A link that is in no document works in every engine, and nothing of the page hears its click.
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), RELEASE_MS);
}
