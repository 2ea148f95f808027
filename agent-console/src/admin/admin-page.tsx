/** What officers look after, section by section. */

import type { AdminSection } from '../app/router.js';
import { adminSections } from '../app/router.js';
import { useMessages } from '../messages/use-messages.js';
import { Link } from '../parts/link.js';
import { Page } from '../parts/page.js';
import { AgreementsSection } from './agreements-section.js';
import { AuditSection } from './audit-section.js';
import { ContractsSection } from './contracts-section.js';
import { CustomerSection } from './customer-section.js';
import { DisclosuresSection } from './disclosures-section.js';
import { DocumentsSection } from './documents-section.js';
import { PeopleSection } from './people-section.js';
import { RecipientsSection } from './recipients-section.js';
import { RegisterSection } from './register-section.js';
import { RetentionSection } from './retention-section.js';
import { SitesSection } from './sites-section.js';

const sections = {
  customer: CustomerSection,
  agreements: AgreementsSection,
  contracts: ContractsSection,
  register: RegisterSection,
  recipients: RecipientsSection,
  disclosures: DisclosuresSection,
  retention: RetentionSection,
  sites: SitesSection,
  documents: DocumentsSection,
  people: PeopleSection,
  audit: AuditSection,
} as const satisfies Record<AdminSection, () => unknown>;

export function AdminPage({ section }: { readonly section: AdminSection }) {
  const { t } = useMessages();
  const Section = sections[section];
  return (
    <Page
      title={t(`admin.${section}`)}
      intro={t(`admin.${section}.intro`)}
      lead={<AdminTabs section={section} />}
    >
      <Section />
    </Page>
  );
}

export function AdminTabs({ section }: { readonly section: AdminSection }) {
  const { t } = useMessages();
  return (
    <nav className="tabs" aria-label={t('admin.title')}>
      {adminSections.map((each) => (
        <Link key={each} to={{ screen: 'admin', section: each }} current={each === section} className="tab">
          {t(`admin.${each}`)}
        </Link>
      ))}
    </nav>
  );
}
