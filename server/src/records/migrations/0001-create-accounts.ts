/** Class account: customers, their people and sites, and what they set up. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAccounts1763760000001 implements MigrationInterface {
  readonly name = 'CreateAccounts1763760000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables =
      'refresh_token, enrolment, contract, survey_form, notice, person_site, site, person, customer';
    await runner.query(`DROP TABLE ${tables}`);
    await runner.query('DROP TYPE scc_module, person_role, site_text');
  }
}

const statements = [
  "CREATE TYPE person_role AS ENUM ('agent', 'supervisor', 'officer')",
  "CREATE TYPE scc_module AS ENUM ('SCC_M1', 'SCC_M2', 'SCC_M3', 'SCC_M4')",
  "CREATE TYPE site_text AS ENUM ('masked', 'shown')",
  `CREATE TABLE customer (
    tenant_id uuid PRIMARY KEY,
    name varchar(120) NOT NULL,
    email varchar(254) NOT NULL,
    legal_name varchar(200),
    country char(2),
    privacy_contact varchar(254),
    transcript_months smallint NOT NULL DEFAULT 3 CHECK (transcript_months BETWEEN 1 AND 24),
    survey_months smallint NOT NULL DEFAULT 3 CHECK (survey_months BETWEEN 1 AND 24),
    metadata_months smallint NOT NULL DEFAULT 3 CHECK (metadata_months BETWEEN 1 AND 12),
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE person (
    person_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES customer,
    email varchar(254) NOT NULL,
    display_name varchar(80),
    country char(2),
    roles person_role[] NOT NULL CHECK (cardinality(roles) > 0),
    language varchar(8) NOT NULL DEFAULT 'en',
    password_hash varchar(200),
    disabled boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, email),
    UNIQUE (tenant_id, person_id)
  )`,
  'CREATE INDEX person_email ON person (email)',
  `CREATE TABLE site (
    site_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES customer,
    site_key varchar(32) NOT NULL UNIQUE,
    name varchar(80) NOT NULL,
    origins text[] NOT NULL,
    visitor_countries char(2)[] NOT NULL,
    masking_text site_text NOT NULL DEFAULT 'masked',
    mask_selectors text[] NOT NULL,
    block_selectors text[] NOT NULL,
    allow_selectors text[] NOT NULL,
    no_control_selectors text[] NOT NULL,
    languages varchar(8)[] NOT NULL,
    cookie_domain varchar(253),
    accent varchar(7),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, site_id)
  )`,
  `CREATE TABLE person_site (
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    site_id uuid NOT NULL,
    PRIMARY KEY (person_id, site_id),
    FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id),
    FOREIGN KEY (tenant_id, site_id) REFERENCES site (tenant_id, site_id)
  )`,
  `CREATE TABLE notice (
    site_id uuid NOT NULL,
    version integer NOT NULL,
    tenant_id uuid NOT NULL,
    body jsonb NOT NULL,
    author_id uuid NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (site_id, version),
    FOREIGN KEY (tenant_id, site_id) REFERENCES site (tenant_id, site_id),
    FOREIGN KEY (tenant_id, author_id) REFERENCES person (tenant_id, person_id)
  )`,
  `CREATE TABLE survey_form (
    site_id uuid NOT NULL,
    version integer NOT NULL,
    tenant_id uuid NOT NULL,
    form jsonb NOT NULL,
    author_id uuid NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (site_id, version),
    FOREIGN KEY (tenant_id, site_id) REFERENCES site (tenant_id, site_id),
    FOREIGN KEY (tenant_id, author_id) REFERENCES person (tenant_id, person_id)
  )`,
  `CREATE TABLE contract (
    contract_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES customer,
    module scc_module NOT NULL,
    importer_country char(2) NOT NULL,
    importer_name varchar(200) NOT NULL,
    reference varchar(200) NOT NULL,
    signed_on date NOT NULL,
    valid_until date,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE INDEX contract_tenant ON contract (tenant_id)',
  `CREATE TABLE enrolment (
    secret_hash varchar(43) PRIMARY KEY,
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id)
  )`,
  `CREATE TABLE refresh_token (
    token_hash varchar(43) PRIMARY KEY,
    tenant_id uuid NOT NULL,
    person_id uuid NOT NULL,
    family_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz,
    FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id)
  )`,
  'CREATE INDEX refresh_token_family ON refresh_token (family_id)',
  'CREATE INDEX refresh_token_person ON refresh_token (person_id)',
];
