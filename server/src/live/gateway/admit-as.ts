/** Lets connections into the namespace of a role, or tells them why not; and keeps what brings them back fresh. */

import type { Identity, Session } from '../tickets/session.js';
import { NotAdmitted } from './admission.js';
import type { GatewayDeps } from './gateway-deps.js';

type Role = Identity['role'];

/** As much of a socket as is read before it is let in. */
interface Entering<R extends Role> {
  readonly handshake: { readonly auth: unknown; readonly headers: { readonly origin?: string | undefined } };
  readonly conn: Parameters<GatewayDeps['door']['admitted']>[0];
  readonly data: { session: Session<Extract<Identity, { readonly role: R }>> };
}

/** Whoever comes in has a session; of everybody else the door is told. */
export function admitAs<R extends Role>(role: R, { admission, counts, door }: GatewayDeps) {
  return ({ handshake, conn, data }: Entering<R>, next: (refused?: NotAdmitted) => void): void => {
    const admitted = admission.admit(role, handshake.auth, handshake.headers.origin);
    counts.add(admitted.ok ? `admitted.${role}` : `notAdmitted.${admitted.refusal.code}`);
    if (admitted.ok) {
      door.admitted(conn);
      data.session = admitted.value;
      next();
    } else {
      door.failed(conn);
      next(new NotAdmitted(admitted.refusal));
    }
  };
}

interface Passed {
  readonly data: { readonly session: Session };
  emit(fact: 'session:passed', body: { readonly pass: string }, kept: () => void): unknown;
}

/** Replaces passes that have been out for long, so that one that was seen does not stay good for ever. */
export function rotatePasses(sockets: Iterable<Passed>, passes: GatewayDeps['passes']): void {
  for (const socket of sockets) {
    const pass = passes.rotate(socket.data.session);
    if (pass !== undefined) socket.emit('session:passed', { pass }, () => passes.kept(pass));
  }
}
