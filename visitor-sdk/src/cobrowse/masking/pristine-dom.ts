/**
 * The DOM's own accessors, taken once. A form whose field is called `parentNode` hides that property, and a page
 * script may replace a method: neither may change what is masked, so nothing here goes through the element.
 */

export interface PristineDom {
  nodeType(node: Node): number;
  parentNode(node: Node): Node | null;
  firstChild(node: Node): Node | null;
  lastChild(node: Node): Node | null;
  nextSibling(node: Node): Node | null;
  previousSibling(node: Node): Node | null;
  ownerDocument(node: Node): Document | null;
  textContent(node: Node): string | null;
  view(document: Document): Window | null;
  isConnected(node: Node): boolean;
  /** In lower case for elements of HTML. */
  localName(element: Element): string;
  attribute(element: Element, name: string): string | null;
  attributeNames(element: Element): readonly string[];
  /** Throws when the selector is none. */
  matches(element: Element, selector: string): boolean;
  closest(element: Element, selector: string): Element | null;
  shadowRoot(element: Element): ShadowRoot | null;
  host(root: ShadowRoot): Element;
  assignedSlot(node: Node): Element | null;
  box(element: Element): DOMRect;
  /** What is drawn on top at a place of the root's viewport, overlays that let the pointer through apart. */
  elementAt(root: Document | ShadowRoot, x: number, y: number): Element | null;
  /** What it tells comes from the browser, and no framework runs it as one of the page's own tasks. */
  readonly observer: typeof MutationObserver;
}

type Realm = Window & typeof globalThis;

const native = /\[native code\]/;
const ELEMENT = 1;
const TEXT = 3;
const DOCUMENT = 9;
const FRAGMENT = 11;

/**
 * Takes the accessors of the page's realm, or of a clean one for those that the page has replaced. Throws when
 * neither is native.
 */
export function takePristineDom(page: Realm): PristineDom {
  const source = new AccessorSource(page);
  const get = <T>(of: keyof Realm, name: string) => source.getter<T>(of, name);
  const call = <T>(of: keyof Realm, name: string) => source.method<T>(of, name);
  const elementSlot = get<Element | null>('Element', 'assignedSlot');
  const textSlot = get<Element | null>('Text', 'assignedSlot');
  const nodeType = get<number>('Node', 'nodeType');
  const attribute = call<string | null>('Element', 'getAttribute');
  const attributeNames = call<string[]>('Element', 'getAttributeNames');
  const matches = call<boolean>('Element', 'matches');
  const closest = call<Element | null>('Element', 'closest');
  const box = call<DOMRect>('Element', 'getBoundingClientRect');
  const documentHit = call<Element | null>('Document', 'elementFromPoint');
  const shadowHit = call<Element | null>('ShadowRoot', 'elementFromPoint');
  const dom: PristineDom = {
    nodeType,
    parentNode: get('Node', 'parentNode'),
    firstChild: get('Node', 'firstChild'),
    lastChild: get('Node', 'lastChild'),
    nextSibling: get('Node', 'nextSibling'),
    previousSibling: get('Node', 'previousSibling'),
    view: get('Document', 'defaultView'),
    ownerDocument: get('Node', 'ownerDocument'),
    textContent: get('Node', 'textContent'),
    isConnected: get('Node', 'isConnected'),
    localName: get('Element', 'localName'),
    attribute: (element, name) => attribute(element, [name]),
    attributeNames: (element) => attributeNames(element, []),
    matches: (element, selector) => matches(element, [selector]),
    closest: (element, selector) => closest(element, [selector]),
    shadowRoot: get('Element', 'shadowRoot'),
    host: get('ShadowRoot', 'host'),
    assignedSlot: (node) => {
      const type = nodeType(node);
      if (type === ELEMENT) return elementSlot(node);
      return type === TEXT ? textSlot(node) : null;
    },
    box: (element) => box(element, []),
    elementAt: (root, x, y) => (nodeType(root) === DOCUMENT ? documentHit : shadowHit)(root, [x, y]),
    observer: source.observer(),
  };
  source.close();
  return dom;
}

class AccessorSource {
  readonly #page: Realm;
  readonly #apply = Reflect.apply;
  #frame: HTMLIFrameElement | undefined;

  constructor(page: Realm) {
    this.#page = page;
  }

  getter<T>(of: keyof Realm, name: string): (self: object) => T {
    const apply = this.#apply;
    const accessor = this.#pristine(of, name, (descriptor) => descriptor?.get);
    return (self) => apply(accessor, self, []) as T;
  }

  method<T>(of: keyof Realm, name: string): (self: object, parameters: readonly unknown[]) => T {
    const apply = this.#apply;
    const method = this.#pristine(of, name, (descriptor) => descriptor?.value);
    return (self, parameters) => apply(method, self, parameters) as T;
  }

  /** Zone keeps the browser's own beside the one that it puts in its place. */
  observer(): typeof MutationObserver {
    const page = this.#page as Realm & { readonly __zone_symbol__MutationObserver?: unknown };
    const own = [page.MutationObserver, page.__zone_symbol__MutationObserver].find(isNative);
    return (own ?? this.#cleanRealm().MutationObserver) as typeof MutationObserver;
  }

  /** Removes the clean realm's frame; what was taken from it goes on working. */
  close(): void {
    this.#frame?.remove();
    this.#frame = undefined;
  }

  #pristine(
    of: keyof Realm,
    name: string,
    pick: (descriptor: PropertyDescriptor | undefined) => unknown,
  ): (...parameters: never[]) => unknown {
    const own = pick(descriptorOf(this.#page, of, name));
    if (isNative(own)) return own;
    const clean = pick(descriptorOf(this.#cleanRealm(), of, name));
    if (isNative(clean)) return clean;
    // Better no view at all than one masked by what somebody else put there.
    throw new Error(`There is no native ${String(of)}.${name}`);
  }

  #cleanRealm(): Realm {
    if (this.#frame === undefined) {
      this.#frame = this.#page.document.createElement('iframe');
      this.#frame.hidden = true;
      this.#page.document.documentElement.append(this.#frame);
    }
    const realm = this.#frame.contentWindow;
    if (realm === null) throw new Error('No clean realm could be made');
    return realm as Realm;
  }
}

function descriptorOf(realm: Realm, of: keyof Realm, name: string): PropertyDescriptor | undefined {
  const type = realm[of] as { readonly prototype?: object } | undefined;
  return type?.prototype === undefined ? undefined : Object.getOwnPropertyDescriptor(type.prototype, name);
}

const toText = Function.prototype.toString;

function isNative(value: unknown): value is (...parameters: never[]) => unknown {
  return typeof value === 'function' && native.test(toText.call(value));
}

/**
 * The node that contains this one as it is drawn: the slot it is shown in, its parent, the host of its shadow
 * root, or the frame that shows its document. Null at the top, and where a parent may not be seen.
 */
export function flatParent(dom: PristineDom, node: Node): Node | null {
  const slot = dom.assignedSlot(node);
  if (slot !== null) return slot;
  const parent = dom.parentNode(node);
  if (parent !== null) return parent;
  const type = dom.nodeType(node);
  if (type === FRAGMENT) return 'host' in node ? dom.host(node as ShadowRoot) : null;
  return type === DOCUMENT ? frameOf(dom, node as Document) : null;
}

function frameOf(dom: PristineDom, document: Document): Element | null {
  try {
    return dom.view(document)?.frameElement ?? null;
  } catch {
    // A document of another origin does not tell its frame.
    return null;
  }
}
