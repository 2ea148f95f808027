/** The tables of what authorities demand, and of what operators opened. */

import type { DescribedTable } from './described-table.js';
import { carried } from './visitor-tables.js';

export const disclosureTables: Readonly<Record<string, DescribedTable>> = {
  emergency_access: {
    class: 'account',
    columns: {
      access_id: 'identifies the access',
      tenant_id: 'to whose records',
      person_id: 'stands for the operator in the audit',
      ticket: 'what it was opened for',
      reason: 'why',
      secret_hash: 'recognises the operator',
      opened_at: 'from when',
      open_until: 'until when, an hour at most',
      ended_at: 'when an officer ended it',
      seen_by: 'which officer has seen it',
      seen_at: 'when',
    },
  },
  disclosure: {
    class: 'case',
    columns: {
      ...carried,
      disclosure_id: 'identifies the demand',
      authority: 'who demands',
      country: 'of which country',
      instrument: 'the order, as the authority names it',
      ground: 'on which ground it may be followed (Art. 48, 49)',
      ground_reference: 'the law or treaty',
      scope: 'what is demanded',
      engagement_ids: 'what it is about',
      received_on: 'when it came',
      tells_on: 'when those concerned are told',
      silence_reason: 'why that is forbidden',
      told_at: 'when an officer said that those concerned had been told',
      state: 'where it stands',
      recorded_by: 'who recorded it',
      recorded_at: 'when',
      first_approver: 'who approved it',
      first_approved_at: 'when',
      second_approver: 'who else approved it',
      second_approved_at: 'when',
      begun_at: 'when handing out what is held was begun first',
      begun_by: 'by whom',
      receipt_hash: 'recognises the receipt at the end of what was handed out',
      outcome: 'what was answered instead',
      closed_at: 'from when its retention counts',
    },
  },
  disclosure_history: {
    class: 'case',
    columns: {
      ...carried,
      disclosure_id: 'of which demand',
      number: 'its place',
      at: 'when',
      actor_id: 'who',
      happening: 'what',
      detail: 'what was answered',
      previous_hash: 'that nothing before it is missing',
      hash: 'that it is as it was written',
    },
  },
};
