/** The question that the list of engagements asks. */

export const pageSize = 50;

export function recordsQuery(wish: {
  readonly search: string;
  readonly phase: string;
  readonly before: number | undefined;
}): string {
  const query = new URLSearchParams();
  if (wish.search !== '') query.set('search', wish.search);
  if (wish.phase !== '') query.set('phase', wish.phase);
  if (wish.before !== undefined) query.set('before', String(wish.before));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
