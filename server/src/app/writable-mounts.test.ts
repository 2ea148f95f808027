import { describe, expect, it } from 'vitest';
import { writableMounts } from './writable-mounts.js';

const mount = (id: number, parent: number, point: string, options: string, type = 'ext4') =>
  `${id} ${parent} 8:1 / ${point} ${options},relatime shared:1 - ${type} /dev/disk rw`;

describe('The mounts that take files', () => {
  it('are those that the process may write to, whatever the file system itself allows', () => {
    const table = [mount(1, 0, '/', 'ro'), mount(2, 1, '/tmp', 'rw'), mount(3, 1, '/srv', 'ro,nosuid')];
    expect(writableMounts(table.join('\n'))).toEqual(['/tmp']);
    expect(writableMounts(table.join('\n').replace('rw,relatime', 'ro,relatime'))).toEqual([]);
  });

  it('are none of the kernel’s own', () => {
    const table = [mount(1, 0, '/', 'ro'), mount(2, 1, '/proc', 'rw', 'proc')];
    expect(writableMounts(table.join('\n'))).toEqual([]);
  });

  it('are none that others hide, nor what lies on hidden ones, but the cover counts', () => {
    const table = [
      mount(1, 0, '/', 'ro'),
      mount(2, 1, '/tmp', 'rw'),
      mount(3, 2, '/tmp/below', 'rw'),
      mount(4, 2, '/tmp', 'ro'),
      mount(5, 1, '/run/user/1', 'rw'),
      mount(6, 1, '/run', 'ro'),
    ];
    expect(writableMounts(table.join('\n'))).toEqual([]);
    expect(writableMounts([...table, mount(7, 4, '/tmp/new', 'rw')].join('\n'))).toEqual(['/tmp/new']);
  });
});
