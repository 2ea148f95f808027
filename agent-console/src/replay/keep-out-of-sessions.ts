/**
 * Keeps what the shown page holds in its fields off the agent's disk: a browser writes the state of forms into its
 * session file, of every frame, so that a tab can come back as it was. Fields that shall not be filled in are left out.
 */

const OWNER = 'alongside-fields';

/** For every node as it is built. */
export function keepOutOfSessions(node: Node): void {
  const { nodeName } = node;
  if (nodeName === 'FORM' || nodeName === 'INPUT') (node as Element).setAttribute('autocomplete', 'off');
  // These two ask their form alone. Inputs keep their own: radio buttons of one name belong together by it.
  if (nodeName === 'SELECT' || nodeName === 'TEXTAREA') (node as Element).setAttribute('form', OWNER);
}

/** After every change of the document, which a snapshot may have made anew. */
export function provideFieldOwner(page: Document): void {
  const root = page.documentElement;
  if (root === null || page.getElementById(OWNER) !== null) return;
  const owner = page.createElement('form');
  owner.id = OWNER;
  owner.hidden = true;
  owner.setAttribute('autocomplete', 'off');
  root.append(owner);
}
