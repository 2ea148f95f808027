/** For tests: the page as somebody has it who was told of it, as strict as a replay may be that has no way back. */

interface ToldNode {
  readonly id: number;
  readonly fields: Record<string, unknown>;
  readonly attributes: Record<string, unknown>;
  readonly isShadow: boolean;
  parentId: number | undefined;
  children: number[];
}
type Raw = Readonly<Record<string, unknown>>;
/** A node as it can be compared: without numbers, what is in its shadow root first. */
export type Outline = readonly [
  what: unknown,
  attributes: unknown,
  shadow: readonly Outline[],
  inside: readonly Outline[],
];

const DOCUMENT = 0;

export class ToldPage {
  readonly #nodes = new Map<number, ToldNode>();
  #rootId: number | undefined;

  snapshot(node: unknown): void {
    this.#nodes.clear();
    this.#rootId = this.#build(node as Raw, undefined);
  }

  mutation(data: Raw): void {
    for (const removed of data.removes as Raw[]) this.#remove(removed);
    for (const added of data.adds as Raw[]) this.#add(added, data.isAttachIframe === true);
    for (const { id, value } of data.texts as Raw[]) this.#known(id).fields.textContent = value;
    for (const { id, attributes } of data.attributes as Raw[])
      this.#setAttributes(this.#known(id), attributes as Raw);
  }

  has(id: number): boolean {
    return this.#nodes.has(id);
  }

  outline(id = this.#rootId): Outline {
    const { fields, attributes, children } = this.#known(id);
    const inside = (isShadow: boolean) =>
      children
        .filter((child) => this.#known(child).isShadow === isShadow)
        .map((child) => this.outline(child));
    return [fields, attributes, inside(true), inside(false)];
  }

  #build(raw: Raw, parentId: number | undefined): number {
    const { id, rootId, isShadow, isShadowHost, isClosed, childNodes = [], attributes = {}, ...fields } = raw;
    if (typeof id !== 'number')
      throw new Error(`A node without a number: ${JSON.stringify(raw).slice(0, 200)}`);
    if (this.#nodes.has(id)) throw new Error(`Node ${id} is there already.`);
    if (rootId !== undefined && this.#known(rootId).fields.type !== DOCUMENT)
      throw new Error(`No document ${rootId}`);
    const node: ToldNode = {
      id,
      fields,
      attributes: {},
      isShadow: isShadow === true,
      parentId,
      children: [],
    };
    this.#nodes.set(id, node);
    this.#setAttributes(node, attributes as Raw);
    for (const child of childNodes as Raw[]) node.children.push(this.#build(child, id));
    return id;
  }

  #add({ parentId, nextId, node }: Raw, isFrame: boolean): void {
    const parent = this.#known(parentId);
    const raw = node as Raw;
    if (isFrame) for (const before of [...parent.children]) this.#remove({ parentId, id: before });
    else if ((raw.childNodes as Raw[] | undefined)?.length)
      throw new Error(`What is in ${raw.id} comes along with it.`);
    const at = nextId === null ? parent.children.length : parent.children.indexOf(nextId as number);
    if (at === -1) throw new Error(`Node ${raw.id} comes before ${nextId}, which is not in ${parentId}.`);
    const next = nextId === null ? undefined : this.#known(nextId);
    if (next !== undefined && next.isShadow !== (raw.isShadow === true))
      throw new Error('It is in another tree.');
    const id = this.#build(raw, parent.id);
    parent.children.splice(at, 0, id);
  }

  #remove({ parentId, id }: Raw): void {
    const node = this.#known(id);
    if (node.parentId !== parentId)
      throw new Error(`Node ${id} is in ${node.parentId} and not in ${parentId}.`);
    const parent = this.#known(parentId);
    parent.children = parent.children.filter((child) => child !== id);
    const open = [node.id];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      open.push(...this.#known(at).children);
      this.#nodes.delete(at);
    }
  }

  #setAttributes({ attributes }: ToldNode, changed: Raw): void {
    for (const [name, value] of Object.entries(changed)) {
      if (value === null || value === undefined) delete attributes[name];
      else attributes[name] = value;
    }
  }

  #known(id: unknown): ToldNode {
    const node = this.#nodes.get(id as number);
    if (node === undefined) throw new Error(`Nobody was told of node ${String(id)}.`);
    return node;
  }
}
