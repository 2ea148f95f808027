/** How a table is described: its class, and what each column is for. */

export type TableClass = 'transcript' | 'survey' | 'metadata' | 'case' | 'account';

export interface DescribedTable {
  readonly class: TableClass;
  readonly columns: Readonly<Record<string, string>>;
}
