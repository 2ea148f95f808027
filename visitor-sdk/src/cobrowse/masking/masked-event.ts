/**
 * The events that leave the page: a closed part of rrweb's, rebuilt field by field so that nothing unknown can
 * come along. Numbers are rrweb's own (`@rrweb/types`), written out because its enums would be shipped whole.
 */

export const eventType = { fullSnapshot: 2, incremental: 3, meta: 4 } as const;

export const source = {
  mutation: 0,
  mouseMove: 1,
  mouseInteraction: 2,
  scroll: 3,
  viewportResize: 4,
  input: 5,
  touchMove: 6,
  mediaInteraction: 7,
  styleSheetRule: 8,
  drag: 12,
  styleDeclaration: 13,
  selection: 14,
  adoptedStyleSheet: 15,
  customElement: 16,
} as const;

const moves = new Set<unknown>([source.mouseMove, source.touchMove, source.drag]);

/** Whether an increment tells where a pointer or a finger is, and nothing of the page. */
export function isMove(kind: unknown): boolean {
  return moves.has(kind);
}

/** Nothing but where, of nodes that have been told of, and what with. */
export function isPointing(kind: unknown): boolean {
  return kind === source.mouseInteraction || isMove(kind);
}

export const nodeType = { document: 0, doctype: 1, element: 2, text: 3 } as const;

export type MaskedAttribute = string | number | boolean | null | Readonly<Record<string, MaskedStyle>>;
export type MaskedStyle = string | false | readonly [string, string];
export type MaskedAttributes = Record<string, MaskedAttribute>;

interface MaskedBase {
  readonly id: number;
  readonly rootId?: number;
  readonly isShadow?: true;
}
export type MaskedNode = MaskedBase &
  (
    | { readonly type: 0; readonly childNodes: readonly MaskedNode[]; readonly compatMode?: 'BackCompat' }
    | { readonly type: 1; readonly name: string; readonly publicId: string; readonly systemId: string }
    | MaskedElement
    | { readonly type: 3; readonly textContent: string; readonly isStyle?: true }
  );
export interface MaskedElement extends MaskedBase {
  readonly type: 2;
  readonly tagName: string;
  readonly attributes: MaskedAttributes;
  readonly childNodes: readonly MaskedNode[];
  readonly isSVG?: true;
  readonly isCustom?: true;
  readonly isShadowHost?: true;
}

export interface MaskedMutation {
  readonly source: 0;
  readonly texts: readonly { readonly id: number; readonly value: string }[];
  readonly attributes: readonly { readonly id: number; readonly attributes: MaskedAttributes }[];
  readonly removes: readonly { readonly parentId: number; readonly id: number; readonly isShadow?: true }[];
  readonly adds: readonly {
    readonly parentId: number;
    readonly nextId: number | null;
    readonly node: MaskedNode;
  }[];
  readonly isAttachIframe?: true;
}

/** Every other incremental event: numbers and masked CSS, checked where it is made. */
export type MaskedIncrement = MaskedMutation | { readonly source: number; readonly [field: string]: unknown };

export type MaskedEvent = { readonly timestamp: number } & (
  | {
      readonly type: 2;
      readonly data: {
        readonly node: MaskedNode;
        readonly initialOffset: { readonly left: number; readonly top: number };
      };
    }
  | { readonly type: 3; readonly data: MaskedIncrement }
  | {
      readonly type: 4;
      readonly data: { readonly href: string; readonly width: number; readonly height: number };
    }
);
