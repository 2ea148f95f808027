/** What every row of the classes transcript, survey, metadata and case carries, as SQL. */

export const carriedColumns = `
    tenant_id uuid NOT NULL REFERENCES customer,
    origin_country char(2) NOT NULL,
    origin_evidence origin_evidence NOT NULL,
    storage_region char(2) NOT NULL,
    purpose purpose NOT NULL,
    decision_id uuid NOT NULL,
    FOREIGN KEY (tenant_id, decision_id) REFERENCES transfer_decision (tenant_id, decision_id)`;

/** A later change of what the decision is checked against is checked again. */
export function decisionTrigger(table: string, dataClass: string): string {
  return `CREATE TRIGGER ${table}_decision
    BEFORE INSERT OR UPDATE OF decision_id, tenant_id, storage_region, origin_country ON ${table}
    FOR EACH ROW EXECUTE FUNCTION check_transfer_decision('${dataClass}')`;
}
