/** A table with its columns' names. What is too wide for the screen scrolls by itself, by keyboard as well. */

import type { ReactNode } from 'react';

/** `unseen`: the column needs no words on the screen, as one of buttons. */
export interface Column {
  readonly name: string;
  readonly look?: 'number' | 'unseen';
}

export function Table({
  label,
  columns,
  children,
}: {
  readonly label: string;
  readonly columns: readonly (string | Column)[];
  readonly children: ReactNode;
}) {
  const described = columns.map((each) => (typeof each === 'string' ? { name: each } : each));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard.
    <section className="table-wrap" aria-label={label} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            {described.map(({ name, look }: Column) => (
              <th key={name} scope="col" className={look === 'number' ? 'number' : undefined}>
                {look === 'unseen' ? <span className="visually-hidden">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
