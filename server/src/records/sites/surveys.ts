/** The survey of a site: each form is a version of its own, so that answers keep their questions. */

import {
  accept,
  type Language,
  type Reply,
  refuse,
  type SurveyForm,
  type SurveyVersion,
} from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { siteEntity } from '../entities/site-entity.js';
import { type SurveyFormRow, surveyFormEntity } from '../entities/survey-form-entity.js';
import type { RecordsContext } from '../records-context.js';
import { lockSite } from './lock-site.js';

export class Surveys {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  /** Newest first. */
  async list(manager: EntityManager, siteId: string): Promise<Reply<readonly SurveyVersion[]>> {
    if (!(await manager.getRepository(siteEntity).existsBy({ siteId }))) return refuse('notFound');
    const rows = await manager
      .getRepository(surveyFormEntity)
      .find({ where: { siteId }, order: { version: 'DESC' } });
    return accept(rows.map(surveyVersion));
  }

  async publish(
    manager: EntityManager,
    caller: Caller,
    { siteId, form }: { siteId: string; form: SurveyForm },
  ): Promise<Reply<SurveyVersion>> {
    const site = await lockSite(manager, siteId);
    if (site === null) return refuse('notFound');
    const wrong = wrongQuestion(form, site.languages as Language[]);
    if (wrong !== undefined) return refuse('invalid', wrong);
    const { tenantId, personId } = caller;
    const forms = manager.getRepository(surveyFormEntity);
    const version = ((await forms.maximum('version', { siteId })) ?? 0) + 1;
    await forms.insert({ siteId, version, tenantId, form, authorId: personId });
    await this.#context.audit.add(manager, {
      tenantId,
      actorId: personId,
      action: 'survey.published',
      subject: siteId,
    });
    return accept(surveyVersion(await forms.findOneByOrFail({ siteId, version })));
  }
}

export function surveyVersion(row: SurveyFormRow): SurveyVersion {
  return { version: row.version, form: row.form, publishedAt: row.publishedAt.getTime() };
}

/** A form without questions asks nothing, which is how a survey is switched off. */
export async function currentSurvey(manager: EntityManager, siteId: string): Promise<SurveyFormRow | null> {
  const row = await manager
    .getRepository(surveyFormEntity)
    .findOne({ where: { siteId }, order: { version: 'DESC' } });
  return row === null || row.form.questions.length === 0 ? null : row;
}

type Wording = Partial<Record<Language, string>>;

/** Ids must be told apart, and every wording is wanted in every language of the site. */
function wrongQuestion(form: SurveyForm, languages: readonly Language[]): string | undefined {
  const isWhole = (wording: Wording | undefined) =>
    wording === undefined || languages.every((language) => wording[language] !== undefined);
  if (!isWhole(form.intro)) return 'intro';
  const ids = new Set<string>();
  for (const question of form.questions) {
    const at = `questions.${question.id}`;
    if (ids.has(question.id) || !isWhole(question.label)) return at;
    ids.add(question.id);
    if (question.kind === 'scale' && !(isWhole(question.low) && isWhole(question.high))) return at;
    if (question.kind !== 'choice') continue;
    const options = new Set(question.options.map((option) => option.id));
    if (options.size < question.options.length) return at;
    if (!question.options.every((option) => isWhole(option.label))) return at;
  }
  return undefined;
}
