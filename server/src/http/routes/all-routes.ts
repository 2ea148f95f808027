/** The whole table of routes. */

import type { ProofPlaces } from '../proof/stored-proof.js';
import type { Route } from '../route.js';
import { accountRoutes } from './account-routes.js';
import { agreementRoutes } from './agreement-routes.js';
import { customerRoutes } from './customer-routes.js';
import { disclosureRoutes } from './disclosure-routes.js';
import { documentRoutes } from './document-routes.js';
import { emergencyRoutes } from './emergency-routes.js';
import { engagementRoutes } from './engagement-routes.js';
import { expertRoutes } from './expert-routes.js';
import { type InstallationFacts, installationRoutes } from './installation-routes.js';
import { proofRoutes } from './proof-routes.js';
import { recipientRoutes } from './recipient-routes.js';
import { registerRoutes } from './register-routes.js';
import { retentionRoutes } from './retention-routes.js';
import { rightsRoutes } from './rights-routes.js';
import { siteRoutes } from './site-routes.js';
import { visitorRoutes } from './visitor-routes.js';

export function allRoutes(
  facts: InstallationFacts & { readonly consoleOrigin: string; readonly proof: ProofPlaces },
): readonly Route[] {
  return [
    ...visitorRoutes,
    ...installationRoutes(facts),
    ...proofRoutes(facts),
    ...accountRoutes(facts),
    ...customerRoutes,
    ...agreementRoutes,
    ...registerRoutes,
    ...recipientRoutes,
    ...disclosureRoutes,
    ...emergencyRoutes,
    ...siteRoutes,
    ...documentRoutes,
    ...engagementRoutes,
    ...expertRoutes,
    ...rightsRoutes,
    ...retentionRoutes,
  ];
}
