/** Opens an emergency access as the command on the machine does: beside the installation that runs. */
import type { EmergencyAsked } from '../src/records/emergencies/emergencies.js';
import { createRecordsCore } from '../src/records/index.js';
import type { Customer } from './records-customer.js';
import type { World } from './records-world.js';

export async function openEmergency(
  world: World,
  { tenantId }: Customer,
  more: Partial<EmergencyAsked>,
): Promise<string> {
  const core = await createRecordsCore(world.options);
  try {
    const opened = await core.emergencies.open({
      ...{
        tenantId,
        operator: 'Olli of the operator',
        country: 'FI',
        ticket: 'T-1',
        reason: 'A fault',
        minutes: 30,
      },
      ...more,
    });
    if (!opened.ok) throw new Error(`refused: ${opened.refusal.detail}`);
    return opened.value.secret;
  } finally {
    await core.close();
  }
}
