/** A part whose file lacks what it shares with an earlier one: it is given that before it is a part. */

/** The earlier file, which offers it. */
export interface SharingFile {
  readonly shared: object;
}

/** The later file. */
export interface LinkedFile<T> {
  link(shared: object): T;
}

export async function linkPart<T>(earlier: Promise<SharingFile>, later: Promise<LinkedFile<T>>): Promise<T> {
  const [{ shared }, { link }] = await Promise.all([earlier, later]);
  return link(shared);
}
