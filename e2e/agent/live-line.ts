/** Between a console and `live`: facts can be told to the console that the service would tell, and the line be lost. */

import type { AgentFacts } from '@alongside/protocol';
import type { Page, WebSocketRoute } from '@playwright/test';

export class LiveLine {
  #socket: WebSocketRoute | undefined;
  #isLost = false;

  /** Has to come before the console's page is opened. Everything passes until it is lost. */
  static async of(page: Page): Promise<LiveLine> {
    const line = new LiveLine();
    await page.routeWebSocket(/\/socket\.io\//, (socket) => line.#open(socket));
    return line;
  }

  tell<Fact extends keyof AgentFacts>(fact: Fact, body: Parameters<AgentFacts[Fact]>[0]): void {
    // A message (4) that is an event (2), as socket.io writes it.
    this.#socket?.send(`42/agent,${JSON.stringify([fact, body])}`);
  }

  /** For good: nobody answers who tries again. */
  lose(): void {
    this.#isLost = true;
    void this.#socket?.close();
  }

  #open(socket: WebSocketRoute): void {
    if (this.#isLost) {
      void socket.close();
      return;
    }
    this.#socket = socket;
    socket.connectToServer();
  }
}
