/** The register of visitors' explicit consents to transfers, each with the words that were shown. */

import type { TransferConsents } from '@alongside/protocol';
import { useApp } from '../app/app-context.js';
import { useMessages } from '../messages/use-messages.js';
import { Loaded } from '../parts/loaded.js';
import { Card } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { useLoaded } from '../parts/use-loaded.js';

export function TransferConsentsCard() {
  const { api } = useApp();
  const { t } = useMessages();
  const loaded = useLoaded('transfer-consents', () => api.get<TransferConsents>('/transfer-consents'));
  return (
    <Card title={t('consents.list')}>
      <p>{t('consents.listText')}</p>
      <Loaded from={loaded}>{(shown) => <Consents shown={shown} />}</Loaded>
    </Card>
  );
}

function Consents({ shown }: { readonly shown: TransferConsents }) {
  const { t, country, dateTime } = useMessages();
  const { allowed, mostAMonth: most, thisMonth: count, consents } = shown;
  return (
    <>
      {allowed ? <p>{t('consents.thisMonth', { count, most })}</p> : undefined}
      {consents.length === 0 ? <p>{t('consents.none')}</p> : undefined}
      {consents.length === 0 ? undefined : (
        <Table
          label={t('consents.list')}
          columns={[t('consents.when'), t('consents.country'), t('consents.what')]}
        >
          {consents.map((each) => (
            <tr key={`${each.engagementId} ${each.at}`}>
              <td>
                {dateTime(each.at)}
                <span className="sub">{each.siteName}</span>
              </td>
              <td>{country(each.country)}</td>
              <td>
                {t(`consents.${each.act}`)}
                {each.withdrawnAt === undefined ? '' : `, ${until(each.withdrawnAt)}`}
                <Words words={each.words} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );

  function until(at: number): string {
    return t('consents.until', { until: dateTime(at) });
  }
}

function Words({ words }: { readonly words: TransferConsents['consents'][number]['words'] }) {
  const { t, named } = useMessages();
  if (words === undefined) return undefined;
  const { version, language, paragraphs } = words;
  return (
    <details>
      <summary>{t('consents.words', { version, language: named(`language.${language}`, language) })}</summary>
      {paragraphs.map((text) => (
        <p key={text} lang={language}>
          {text}
        </p>
      ))}
    </details>
  );
}
