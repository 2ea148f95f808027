/**
 * The documents that are listened to: the page's own and the one in each frame that is shown. Nothing of a document is
 * kept once another one has come into its place, or once its frame has gone.
 */

type Realm = Window & typeof globalThis;

export interface WatchedDocumentsDeps {
  listen(document: Document, signal: AbortSignal): void;
  /** Hears of calls in a realm; answers how to end it. */
  patch(realm: Realm): () => void;
}

interface Watched {
  readonly owner: object;
  readonly listening: AbortController;
  unpatch(): void;
}

export class WatchedDocuments {
  readonly #deps: WatchedDocumentsDeps;
  readonly #watched = new Map<Node, Watched>();

  constructor(deps: WatchedDocumentsDeps) {
    this.#deps = deps;
  }

  /** The place is the frame that the document is in, or the page's document itself. */
  watch(place: Node, document: Document, realm: Realm): void {
    const before = this.#watched.get(place);
    // A document that is opened anew has lost its listeners: they come again, and never twice.
    before?.listening.abort();
    // A window stays the same for whoever holds it, whatever document comes into it: its classes tell realms apart.
    // The first document of a frame may be in the realm of the empty one before it.
    const owner = realm.Element;
    const isPatched = before?.owner === owner;
    if (!isPatched) before?.unpatch();
    const unpatch = isPatched ? before.unpatch : this.#deps.patch(realm);
    const listening = new AbortController();
    this.#watched.set(place, { owner, listening, unpatch });
    this.#deps.listen(document, listening.signal);
  }

  /** Lets go of what was in frames that are not shown any more. */
  dropGone(isShown: (place: Node) => boolean): void {
    for (const [place, watched] of this.#watched) {
      if (isShown(place)) continue;
      this.#watched.delete(place);
      end(watched);
    }
  }

  stop(): void {
    const all = [...this.#watched.values()].reverse();
    this.#watched.clear();
    for (const watched of all) end(watched);
  }
}

function end({ listening, unpatch }: Watched): void {
  listening.abort();
  unpatch();
}
