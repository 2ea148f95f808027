/** The trigger that puts each new row of a table at the end of its chain of hashes. */

/** `chainOf` is the column whose value names the chain; `names` are the columns that the hash covers, in order. */
export function chainTrigger(table: string, chainOf: string, names: readonly string[]): string {
  const passed = [chainOf, ...names].map((name) => `'${name}'`).join(', ');
  return `CREATE TRIGGER ${table}_chain BEFORE INSERT ON ${table}
    FOR EACH ROW EXECUTE FUNCTION chain_row(${passed})`;
}
