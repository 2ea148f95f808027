/** A person of a customer: agent, supervisor or officer. */

import { EntitySchema } from 'typeorm';

export interface PersonRow {
  personId: string;
  tenantId: string;
  email: string;
  displayName: string | null;
  country: string | null;
  /** For whom they work, where that is not the customer itself. */
  employer: string | null;
  /** What one officer has stated of that, before another has confirmed it; empty: the customer itself. */
  employerStated: string | null;
  employerStatedBy: string | null;
  employerStatedAt: Date | null;
  /** When another officer made them one, or gave them a way in; null: from the set-up, or let in on the machine. */
  letInAt: Date | null;
  roles: ('agent' | 'supervisor' | 'officer')[];
  language: string;
  passwordHash: string | null;
  disabled: boolean;
  createdAt: Date;
  pledgedAt: Date | null;
  pledgeVersion: number | null;
  /** When it is to be erased, and who asked for that; until then it can be called off. */
  eraseAfter: Date | null;
  eraseAskedAt: Date | null;
  eraseAskedBy: string | null;
  /** Since when nothing is known of them but the id. */
  erasedAt: Date | null;
}

export const personEntity = new EntitySchema<PersonRow>({
  name: 'person',
  columns: {
    personId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    email: { type: 'varchar', length: 254 },
    displayName: { type: 'varchar', length: 80, nullable: true },
    country: { type: 'char', length: 2, nullable: true },
    employer: { type: 'varchar', length: 200, nullable: true },
    employerStated: { type: 'varchar', length: 200, nullable: true },
    employerStatedBy: { type: 'uuid', nullable: true },
    employerStatedAt: { type: 'timestamptz', nullable: true },
    letInAt: { type: 'timestamptz', nullable: true },
    roles: { type: 'enum', enum: ['agent', 'supervisor', 'officer'], array: true },
    language: { type: 'varchar', length: 8 },
    passwordHash: { type: 'varchar', length: 200, nullable: true },
    disabled: { type: 'boolean' },
    createdAt: { type: 'timestamptz' },
    pledgedAt: { type: 'timestamptz', nullable: true },
    pledgeVersion: { type: 'smallint', nullable: true },
    eraseAfter: { type: 'timestamptz', nullable: true },
    eraseAskedAt: { type: 'timestamptz', nullable: true },
    eraseAskedBy: { type: 'uuid', nullable: true },
    erasedAt: { type: 'timestamptz', nullable: true },
  },
});
