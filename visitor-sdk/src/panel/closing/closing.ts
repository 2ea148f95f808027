/** How a conversation ends, as the panel knows it: the question, the survey, and the receipt with the visitor's rights. */

import type { FunctionComponent } from 'preact';
import type { ReceiptController, ReceiptHost } from '../data/receipt-controller.js';
import type { LaterWords } from '../later/later-words.js';
import type { VisitorHttp } from '../session/visitor-http.js';
import type { PanelSheets } from '../styles/panel-sheets.js';
import type { ClosingHttp } from './closing-http.js';

/** As much of the panel as it needs. */
export interface ClosingHost extends ReceiptHost {
  readonly http: VisitorHttp;
  readonly sheets: PanelSheets;
}

export interface Closing {
  readonly http: ClosingHttp;
  readonly receipt: ReceiptController;
  /** By what the panel calls the screen. */
  readonly views: { readonly [K in 'end' | 'survey' | 'receipt']: FunctionComponent };
}

export interface ClosingPart extends LaterWords {
  startClosing(host: ClosingHost): Closing;
}
