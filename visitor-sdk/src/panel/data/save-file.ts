/** Hands a document to the visitor as a file. */

const RELEASE_MS = 60_000;

export function saveJson(name: string, value: unknown): void {
  saveFile(name, 'application/json', JSON.stringify(value, undefined, 2));
}

export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  // A link that is in no document works in every engine, and nothing of the page hears its click.
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), RELEASE_MS);
}
