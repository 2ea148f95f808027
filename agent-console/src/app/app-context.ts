/** What every screen may use: the session, the desk and facts about the installation. */

import type { Installation, Me } from '@alongside/protocol';
import { createContext, useContext } from 'react';
import type { Desk } from '../live/desk.js';
import type { Api } from '../session/api.js';
import type { Session } from '../session/session.js';

export interface AppServices {
  readonly session: Session;
  readonly api: Api;
  readonly desk: Desk;
  readonly me: Me;
  readonly installation: Installation;
}

const AppContext = createContext<AppServices | undefined>(undefined);
export const AppProvider = AppContext.Provider;

/** For parts that the screens before signing in show as well. */
export function useMe(): Me | undefined {
  return useContext(AppContext)?.me;
}

export function useApp(): AppServices {
  const services = useContext(AppContext);
  if (services === undefined) throw new Error('This screen is shown to people who are signed in.');
  return services;
}
