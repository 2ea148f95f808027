/** Reads in the agent's replay everything that has come of the visitor's page, to tell which channels travelled. */

import type { AgentPage } from '../../agent/agent-page.js';

export interface Received {
  /** Texts, attributes, values and style rules, with fonts as the bytes they are. */
  readonly text: string;
  /** Width and height of every picture that is drawn. */
  readonly pictures: readonly string[];
}

/** Between two pages the frame may be in the making: then there is nothing to read yet. */
export async function readReceived(agent: AgentPage): Promise<Received> {
  const handle = await agent.replay.frameElement.elementHandle({ timeout: 5_000 }).catch(() => null);
  const frame = await handle?.contentFrame();
  const received = await frame?.evaluate(readReplay).catch(() => undefined);
  return received ?? { text: '', pictures: [] };
}

/** Runs inside the replay's frame and stands for itself. */
function readReplay(): Received {
  const texts: string[] = [];
  const pictures: string[] = [];
  const fontBytes = (css: string): string =>
    css.replace(/data:font\/woff2;base64,([A-Za-z0-9+/=]+)/g, (_, encoded: string) => atob(encoded));
  const readSheets = (root: Document | ShadowRoot): void => {
    for (const sheet of [...root.styleSheets, ...root.adoptedStyleSheets]) {
      for (const rule of sheet.cssRules) texts.push(fontBytes(rule.cssText));
    }
  };
  const walk = (root: Document | ShadowRoot | Element): void => {
    if ('styleSheets' in root) readSheets(root);
    for (const node of root.childNodes) {
      if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.COMMENT_NODE)
        texts.push(fontBytes(node.nodeValue ?? ''));
      if (!('attributes' in node)) continue;
      const element = node as HTMLElement;
      for (const { name, value } of element.attributes) texts.push(`${name}=${value}`);
      if ('value' in element) texts.push(String((element as HTMLInputElement).value));
      if (element.localName === 'img') {
        const { complete, naturalWidth, naturalHeight } = element as HTMLImageElement;
        if (complete && naturalWidth > 0) pictures.push(`${naturalWidth}x${naturalHeight}`);
      }
      if (element.shadowRoot !== null) walk(element.shadowRoot);
      const inner = (element as HTMLIFrameElement).contentDocument;
      if (inner !== undefined && inner !== null) walk(inner);
      walk(element);
    }
  };
  const page = document.querySelector<HTMLIFrameElement>('.replayer-wrapper iframe')?.contentDocument;
  if (page !== undefined && page !== null) walk(page);
  return { text: texts.join('\n'), pictures };
}
