/** A question to the browser that costs connections made for it alone, asked once for each direction of a page. */

interface Wish {
  readonly direction: 'sendonly' | 'recvonly';
}

export function askedOnce<Answer>(ask: (wish: Wish) => Promise<Answer>): (wish: Wish) => Promise<Answer> {
  const known = new Map<Wish['direction'], Promise<Answer>>();
  return ({ direction }) => {
    const asking = known.get(direction) ?? ask({ direction });
    known.set(direction, asking);
    asking.catch(() => known.delete(direction));
    return asking;
  };
}
