/** The tables whose rows lie on shelves: many for each engagement. What there are a handful of goes row by row. */

export interface ShelvedTable {
  readonly dataClass: 'transcript' | 'metadata';
  /** Without the shelf, which every key of a partitioned table has at its end. */
  readonly keys: readonly string[];
  readonly indexes: readonly string[];
}

export const shelvedTables: Readonly<Record<string, ShelvedTable>> = {
  chat_line: {
    dataClass: 'transcript',
    keys: ['PRIMARY KEY (engagement_id, number)', 'UNIQUE (engagement_id, line_id)', 'UNIQUE (entry_id)'],
    indexes: [],
  },
  journal_entry: {
    dataClass: 'metadata',
    keys: ['PRIMARY KEY (entry_id)'],
    indexes: ['engagement_id'],
  },
  connection: {
    dataClass: 'metadata',
    keys: ['PRIMARY KEY (connection_id)'],
    indexes: ['engagement_id'],
  },
};
