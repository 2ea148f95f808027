/** Adds a row to the draft of a register: a certification, a recorded scope, or a country with own staff. */

import type { RegisterDocument } from '@alongside/protocol';
import { useState } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { SelectField, TextField } from '../parts/field.js';
import { ModalForm } from '../parts/modal-form.js';
import { CountryField } from './country-field.js';

export type RowKind = 'certifications' | 'scopeFacts' | 'establishments';

const titles = {
  certifications: 'register.addCertification',
  scopeFacts: 'register.addScope',
  establishments: 'register.addEstablishment',
} as const;
const laws = ['EU', 'UK', 'CH'] as const;
const receivers = ['store', 'people'] as const;
const frameworks = ['DPF_EU', 'DPF_UK_EXT', 'DPF_CH'] as const;
const scopes = ['nonHr', 'hr', 'both'] as const;
const states = ['active', 'inactive', 'removed'] as const;

interface Draft {
  readonly framework: (typeof frameworks)[number];
  readonly holder: string;
  readonly covers: (typeof receivers)[number];
  readonly scope: (typeof scopes)[number];
  readonly status: (typeof states)[number];
  readonly regime: (typeof laws)[number];
  readonly country: string;
  readonly validFrom: string;
  readonly source: string;
  readonly verifiedAt: string;
}

const empty: Draft = {
  ...{ framework: 'DPF_EU', holder: '', covers: 'store', scope: 'nonHr', status: 'active' },
  ...{ regime: 'EU', country: '', validFrom: '', source: '', verifiedAt: '' },
};

interface AddProps {
  readonly kind: RowKind;
  readonly body: RegisterDocument;
  readonly onBody: (body: RegisterDocument) => void;
  readonly onClose: () => void;
}

export function AddRow({ kind, body, onBody, onClose }: AddProps) {
  const { t } = useMessages();
  const [draft, setDraft] = useState(empty);
  const edit = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  return (
    <ModalForm
      title={t(titles[kind])}
      description={t(`register.${kind}Text`)}
      submit={t('register.add')}
      act={{ busy: false, failure: undefined }}
      onSubmit={() => {
        onBody(withRow(kind, body, draft));
        onClose();
      }}
      onClose={onClose}
    >
      {kind === 'certifications' ? <CertificationFields draft={draft} onEdit={edit} /> : undefined}
      {kind === 'scopeFacts' ? (
        <Choice
          label="register.law"
          named="register.law"
          of={laws}
          value={draft.regime}
          onChoice={(regime) => edit({ regime })}
        />
      ) : undefined}
      {kind === 'certifications' ? undefined : (
        <CountryField
          label={t('register.country')}
          required
          value={draft.country}
          onText={(country) => edit({ country })}
        />
      )}
      {kind === 'establishments' ? undefined : (
        <Choice
          label="register.covers"
          named="register.covers"
          of={receivers}
          value={draft.covers}
          onChoice={(covers) => edit({ covers })}
        />
      )}
      <TextField
        label={t('register.source')}
        required
        maxLength={200}
        value={draft.source}
        onText={(source) => edit({ source })}
      />
      <TextField
        label={t('register.verified')}
        type="date"
        required
        value={draft.verifiedAt}
        onText={(verifiedAt) => edit({ verifiedAt })}
      />
    </ModalForm>
  );
}

function CertificationFields({
  draft,
  onEdit,
}: {
  readonly draft: Draft;
  readonly onEdit: (part: Partial<Draft>) => void;
}) {
  const { t } = useMessages();
  return (
    <>
      <TextField
        label={t('register.holder')}
        required
        maxLength={90}
        value={draft.holder}
        onText={(holder) => onEdit({ holder })}
      />
      <Choice
        label="register.framework"
        named="register.framework"
        of={frameworks}
        value={draft.framework}
        onChoice={(framework) => onEdit({ framework })}
      />
      <Choice
        label="register.scope"
        named="register.scope"
        of={scopes}
        value={draft.scope}
        onChoice={(scope) => onEdit({ scope })}
      />
      <Choice
        label="register.state"
        named="register.status"
        of={states}
        value={draft.status}
        onChoice={(status) => onEdit({ status })}
      />
      <TextField
        label={t('register.since')}
        type="date"
        required
        value={draft.validFrom}
        onText={(validFrom) => onEdit({ validFrom })}
      />
    </>
  );
}

function Choice<Code extends string>({
  label,
  named,
  of,
  value,
  onChoice,
}: {
  readonly label:
    | 'register.law'
    | 'register.covers'
    | 'register.framework'
    | 'register.scope'
    | 'register.state';
  readonly named: string;
  readonly of: readonly Code[];
  readonly value: Code;
  readonly onChoice: (code: Code) => void;
}) {
  const messages = useMessages();
  return (
    <SelectField
      label={messages.t(label)}
      value={value}
      onText={(text) => onChoice(of.find((each) => each === text) ?? value)}
    >
      {of.map((each) => (
        <option key={each} value={each}>
          {messages.named(`${named}.${each}`, each)}
        </option>
      ))}
    </SelectField>
  );
}

function withRow(kind: RowKind, body: RegisterDocument, draft: Draft): RegisterDocument {
  const { framework, holder, covers, scope, status, validFrom, regime, country } = draft;
  const looked = { source: draft.source.trim(), verifiedAt: draft.verifiedAt };
  switch (kind) {
    case 'certifications': {
      const row = { framework, holder: holder.trim(), covers, scope, status, validFrom, ...looked };
      return { ...body, certifications: [...body.certifications, row] };
    }
    case 'scopeFacts':
      return { ...body, scopeFacts: [...body.scopeFacts, { regime, country, covers, ...looked }] };
    case 'establishments':
      return { ...body, establishments: [...body.establishments, { country, ...looked }] };
  }
}
