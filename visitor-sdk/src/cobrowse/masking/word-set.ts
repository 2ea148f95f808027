/** Writes a long closed list as the words of a text. */
export function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** The same for names that hold spaces, parted by commas. */
export function names(text: string): ReadonlySet<string> {
  return new Set(text.split(',').map((name) => name.trim().replace(/\s+/g, ' ')));
}
