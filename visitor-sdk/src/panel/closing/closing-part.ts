/** The lazily loaded end of a conversation: the question whether it ends, survey, receipt and rights. */

import { ReceiptController } from '../data/receipt-controller.js';
import receipt from '../styles/receipt.css';
import survey from '../styles/survey.css';
import { EndQuestion } from '../views/end-question.js';
import { ReceiptScreen } from '../views/receipt-screen.js';
import { SurveyScreen } from '../views/survey-screen.js';
import type { ClosingPart } from './closing.js';
import { ClosingHttp } from './closing-http.js';

export const startClosing: ClosingPart['startClosing'] = (host) => {
  host.sheets.fill('closing', [survey, receipt].join('\n'));
  const http = new ClosingHttp(host.http);
  return {
    http,
    receipt: new ReceiptController(http, host),
    views: { end: EndQuestion, survey: SurveyScreen, receipt: ReceiptScreen },
  };
};
