/** One use of a sign-in; a used one that comes again revokes its family. */

import { EntitySchema } from 'typeorm';

export interface RefreshTokenRow {
  tokenHash: string;
  tenantId: string;
  personId: string;
  familyId: string;
  expiresAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
}

export const refreshTokenEntity = new EntitySchema<RefreshTokenRow>({
  name: 'refresh_token',
  columns: {
    tokenHash: { type: 'varchar', length: 43, primary: true },
    tenantId: { type: 'uuid' },
    personId: { type: 'uuid' },
    familyId: { type: 'uuid' },
    expiresAt: { type: 'timestamptz' },
    usedAt: { type: 'timestamptz', nullable: true },
    revokedAt: { type: 'timestamptz', nullable: true },
  },
});
