/** The register of explicit consents to transfers: shown to officers, and worded for the visitor who is asked. */

import {
  type AskedWords,
  accept,
  type EngagementId,
  type Language,
  type Reply,
  refuse,
  type TransferConsents,
  type TransferWords,
} from '@alongside/protocol';
import { consentWords, isCountryCode, type WrittenWords, writtenConsentWords } from '@alongside/transfer';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import type { RecordsContext } from '../records-context.js';

interface Row {
  readonly engagement_id: string;
  readonly site_name: string;
  readonly to_country: string;
  readonly act: 'granted' | 'refused';
  readonly at: Date;
  readonly words_version: string | null;
  readonly words_language: Language | null;
  readonly withdrawn_at: Date | null;
}

export class TransferConsentRegister {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  async show(manager: EntityManager, { tenantId }: Caller): Promise<TransferConsents> {
    const { registers, clock } = this.#context;
    const { derogations } = await registers.of(manager, tenantId);
    const [month] = await manager.query<{ shares: number }[]>(sharesOfMonth, [new Date(clock())]);
    const rows = await manager.query<Row[]>(newest);
    return {
      allowed: derogations.consent,
      mostAMonth: derogations.mostSharesAMonth,
      thisMonth: month?.shares ?? 0,
      consents: rows.map(shown),
    };
  }

  /** What is shown is what the ledger will name: the newest words, and nothing made of them on the way. */
  words(country: string, language: Language): Reply<TransferWords> {
    const words = isCountryCode(country) ? consentWords(country, language) : undefined;
    return words === undefined ? refuse('notFound') : accept(words);
  }

  /** In which a consent was asked for that names this version: of any country, which stands beside it. */
  asked(version: string): Reply<AskedWords> {
    const written = writtenConsentWords(version);
    return written === undefined
      ? refuse('notFound')
      : accept({ en: sentences(written.en), de: sentences(written.de) });
  }
}

function sentences({ heading, paragraphs, yes }: WrittenWords): AskedWords[Language] {
  const lines = [heading, ...paragraphs, yes];
  return Object.fromEntries(lines.map((line, place) => [`transfer.${place}`, line]));
}

function shown(row: Row): TransferConsents['consents'][number] {
  const { words_version: version, words_language: language, to_country: country } = row;
  const words =
    version === null || language === null || !isCountryCode(country)
      ? undefined
      : consentWords(country, language, version);
  return {
    engagementId: row.engagement_id as EngagementId,
    siteName: row.site_name,
    country,
    act: row.act,
    at: row.at.getTime(),
    withdrawnAt: row.withdrawn_at?.getTime(),
    words:
      words === undefined || language === null
        ? undefined
        : { version: words.version, language, paragraphs: words.paragraphs },
  };
}

const newest = `SELECT c.engagement_id, s.name AS site_name, c.to_country, c.act, c.at, c.words_version, c.words_language,
    (SELECT min(w.at) FROM consent_entry w WHERE w.engagement_id = c.engagement_id AND w.entry > c.entry
      AND w.to_country = c.to_country AND w.act = 'withdrawn') AS withdrawn_at
  FROM consent_entry c
    JOIN engagement e ON e.engagement_id = c.engagement_id
    JOIN site s ON s.site_id = e.site_id
  WHERE c.to_country IS NOT NULL AND c.act <> 'withdrawn' AND e.restricted_at IS NULL
  ORDER BY c.at DESC LIMIT 500`;

const sharesOfMonth = `SELECT count(DISTINCT engagement_id)::int AS shares FROM consent_entry
  WHERE to_country IS NOT NULL AND act = 'granted'
    AND at >= date_trunc('month', $1::timestamptz AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'`;
