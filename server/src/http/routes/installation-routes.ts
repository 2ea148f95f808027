/** What the sign-in page must know before anybody has signed in. */

import { accept, type Installation, languages } from '@alongside/protocol';
import { shippedRegister } from '@alongside/transfer';
import { openRoute, type Route } from '../route.js';
import type { SignUp } from '../sign-up.js';

export interface InstallationFacts {
  readonly signUp: SignUp;
  readonly replayOrigin: string;
  readonly version: string;
}

export function installationRoutes({ signUp, replayOrigin, version }: InstallationFacts): readonly Route[] {
  return [
    openRoute({
      method: 'GET',
      path: '/api/installation',
      summary: 'How this installation is set up.',
      access: 'public',
      limit: 'config',
      run: async ({ database, nodes }) =>
        accept<Installation>({
          signUp: signUp.mode,
          // Told while the database is away as well: the page then says that, and not that nobody is there.
          anyCustomer: database.state === 'down' || (await database.allTenants()).length > 0,
          register: shippedRegister.version,
          calls: nodes.calls(),
          storage: database.state,
          replayOrigin,
          languages,
          version,
        }),
    }),
  ];
}
