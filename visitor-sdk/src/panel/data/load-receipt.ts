/** Fetches the receipt and leaves it to the screen to say how that went. */

import type { ReceiptController } from './receipt-controller.js';

export function loadReceipt(panel: { readonly receipt: ReceiptController }): void {
  panel.receipt.load().catch(() => undefined);
}
