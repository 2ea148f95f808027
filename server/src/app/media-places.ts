/** Where the media workers listen, and what they announce: at most one place of each family. */

export interface MediaPlace {
  readonly address: string;
  readonly announcedAddress: string | undefined;
}

const EVERY = { 4: '0.0.0.0', 6: '::' } as const;
type Family = keyof typeof EVERY;

/**
 * What is announced belongs to the address of its own family, and a name to each that has none. Every address of a
 * family is no address to announce, so that it needs one.
 */
export function mediaPlaces(
  addresses: readonly string[],
  announced: readonly string[],
): readonly MediaPlace[] {
  const name = announced.find((each) => familyOf(each) === undefined);
  const literal = (family: Family): string | undefined => announced.find((each) => familyOf(each) === family);
  const places = familiesOf(addresses, announced).map(({ family, address }) => ({
    address,
    announcedAddress: literal(family) ?? name,
  }));
  const reachable = places.filter(
    ({ address, announcedAddress }) => announcedAddress !== undefined || !isEvery(address),
  );
  return reachable.length > 0 ? reachable : places;
}

/** Where this machine has such addresses at all; never none, so that what is wrong is told by the worker. */
export function placesHere(
  places: readonly MediaPlace[],
  families: ReadonlySet<string>,
): readonly MediaPlace[] {
  const here = places.filter(({ address }) => families.has(address.includes(':') ? 'IPv6' : 'IPv4'));
  return here.length > 0 ? here : places;
}

export function isEvery(address: string): boolean {
  return address === EVERY[4] || address === EVERY[6];
}

function familiesOf(
  addresses: readonly string[],
  announced: readonly string[],
): readonly { readonly family: Family; readonly address: string }[] {
  const listened = addresses.map((address) => ({ family: familyOf(address) ?? 4, address }));
  if (!addresses.some(isEvery)) return listened;
  const added = ([4, 6] as const).filter(
    (family) =>
      !listened.some((each) => each.family === family) && announced.some((each) => familyOf(each) === family),
  );
  return [...listened, ...added.map((family) => ({ family, address: EVERY[family] }))];
}

/** Undefined for a name. */
function familyOf(address: string): Family | undefined {
  if (address.includes(':')) return 6;
  return /^\d+\.\d+\.\d+\.\d+$/.test(address) ? 4 : undefined;
}
