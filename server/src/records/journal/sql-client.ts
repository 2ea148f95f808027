/** One connection inside a transaction, as the writers of the journal see it. */

export interface SqlClient {
  query<Row>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[]; rowCount: number | null }>;
}
