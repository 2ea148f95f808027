/** Reads a page as both sides have it, so that they can be compared: runs in the visitor's page and in the replay. */

export interface SeenNode {
  /** The tag, or what else it is: `#text`, `#shadow` or `#frame`. */
  readonly name: string;
  /** Of an element: its place among all of its page, as hits name it. */
  readonly order?: number;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** What no attribute tells: values, choices and positions. */
  readonly state?: Readonly<Record<string, string | number | boolean>>;
  /** Computed styles, of every so-many-th element. */
  readonly look?: Readonly<Record<string, string>>;
  readonly box?: readonly [x: number, y: number, width: number, height: number];
  readonly children?: readonly SeenNode[];
  /** The selectors by which the page names it as what the agent sees covered or masked. */
  readonly keptBy?: readonly string[];
}

export interface SeenPage {
  readonly root: SeenNode;
  readonly elements: number;
  readonly viewport: readonly [width: number, height: number];
  readonly scroll: readonly [left: number, top: number];
  /** Which element lies at each point of a grid, by its place in the tree; -1 for Alongside's own. */
  readonly hits: readonly number[];
}

export interface ReadOptions {
  readonly side: 'visitor' | 'replay';
  readonly samples: number;
  /** Selectors of what the agent sees covered or masked. */
  readonly kept: readonly string[];
}

/** Stands for itself: it is sent into the page. */
export function readPage({ side, samples, kept }: ReadOptions): SeenPage | undefined {
  const skipped = new Set('script noscript template meta link style title base head source track'.split(' '));
  const looks = `display position visibility opacity color background-color background-image border-top-width
    border-left-color font-size font-weight font-style font-family line-height letter-spacing text-align
    text-decoration-line text-transform direction writing-mode transform z-index overflow-x overflow-y
    outline-style outline-width flex-direction grid-template-columns float clip-path mask-image box-shadow
    list-style-type fill stroke object-fit filter content-visibility`.split(/\s+/);
  const wrapper = '.replayer-wrapper iframe';
  const page =
    side === 'visitor' ? document : document.querySelector<HTMLIFrameElement>(wrapper)?.contentDocument;
  if (!page?.documentElement) return undefined;

  const order = new Map<Element, number>();
  const own = new Set<Element>();
  const collect = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll('*')) {
      if (skipped.has(element.localName)) continue;
      order.set(element, order.size);
      // Beside the body, or in a dialog of the page while it is modal, there is nothing but what Alongside adds.
      const isBeside = element.parentNode === page.documentElement && element.localName !== 'body';
      if (element.localName === 'alongside-help' || isBeside) {
        own.add(element);
        continue;
      }
      if (element.shadowRoot !== null) collect(element.shadowRoot);
      // The frame of a placeholder is empty.
      const isFrame = element.localName === 'iframe' && !element.hasAttribute('data-alongside-masked');
      const inner = isFrame ? (element as HTMLIFrameElement).contentDocument : null;
      if (inner?.documentElement) collect(inner);
    }
  };
  collect(page);
  const stride = Math.max(1, Math.ceil(order.size / samples));

  const attributesOf = (element: Element): Record<string, string> => {
    const found: Record<string, string> = {};
    for (const { name, value } of element.attributes) found[name] = value;
    return found;
  };
  const stateOf = (element: Element): Record<string, string | number | boolean> => {
    const state: Record<string, string | number | boolean> = {};
    const field = element as HTMLInputElement & { readonly options: HTMLOptionsCollection };
    const tag = element.localName;
    if (tag === 'input' || tag === 'textarea' || tag === 'select') {
      state.value = field.type === 'file' ? '' : field.value;
      state.disabled = field.disabled;
    }
    if (tag === 'input') Object.assign(state, { checked: field.checked, indeterminate: field.indeterminate });
    if (tag === 'select')
      state.chosen = [...field.options].map(({ selected }) => (selected ? 1 : 0)).join('');
    if (tag === 'progress' || tag === 'meter') state.value = (element as HTMLProgressElement).value;
    if (tag === 'dialog' || tag === 'details') state.open = (element as HTMLDialogElement).open;
    if (element.scrollLeft !== 0) state.left = Math.round(element.scrollLeft);
    if (element.scrollTop !== 0) state.top = Math.round(element.scrollTop);
    return state;
  };
  const lookOf = (element: Element): Record<string, string> => {
    const style = element.ownerDocument.defaultView?.getComputedStyle(element);
    const found: Record<string, string> = {};
    for (const name of looks) {
      found[name] = (style?.getPropertyValue(name) ?? '').replace(/url\("[^"]*"\)/g, 'url()');
    }
    return found;
  };
  const childrenOf = (parent: Node): SeenNode[] => {
    const children: SeenNode[] = [];
    let text = '';
    const close = (): void => {
      if (text !== '') children.push({ name: '#text', text });
      text = '';
    };
    for (const node of parent.childNodes) {
      if (node.nodeType === 3) text += node.nodeValue ?? '';
      if (node.nodeType !== 1 || skipped.has((node as Element).localName)) continue;
      close();
      children.push(elementOf(node as Element));
    }
    close();
    return children;
  };
  const elementOf = (element: Element): SeenNode => {
    if (own.has(element)) return { name: 'div', attributes: { style: 'display:none' }, children: [] };
    const { x, y, width, height } = element.getBoundingClientRect();
    const children: SeenNode[] = [];
    if (element.shadowRoot !== null) {
      children.push({ name: '#shadow', children: childrenOf(element.shadowRoot) });
    }
    const inner = element.localName === 'iframe' ? (element as HTMLIFrameElement).contentDocument : null;
    if (inner?.documentElement) children.push({ name: '#frame', children: childrenOf(inner) });
    if (element.localName !== 'iframe' && element.localName !== 'textarea')
      children.push(...childrenOf(element));
    const keptBy = kept.filter((selector) => element.matches(selector));
    const isSampled = (order.get(element) ?? 0) % stride === 0;
    return {
      name: element.localName,
      order: order.get(element) ?? -1,
      attributes: attributesOf(element),
      state: stateOf(element),
      box: [x, y, width, height],
      children,
      ...(isSampled && { look: lookOf(element) }),
      ...(keptBy.length > 0 && { keptBy }),
    };
  };
  const view = page.defaultView;
  const width = view?.innerWidth ?? 0;
  const height = view?.innerHeight ?? 0;
  const hits: number[] = [];
  for (let row = 0.5; row < 8; row += 1) {
    for (let column = 0.5; column < 10; column += 1) {
      const hit = page.elementFromPoint((width * column) / 10, (height * row) / 8);
      hits.push(hit === null || own.has(hit) ? -1 : (order.get(hit) ?? -1));
    }
  }
  return {
    root: { name: '#document', children: childrenOf(page) },
    elements: order.size,
    viewport: [width, height],
    scroll: [Math.round(view?.scrollX ?? 0), Math.round(view?.scrollY ?? 0)],
    hits,
  };
}
