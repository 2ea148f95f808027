/** German, whole. */

import { admin } from './de/admin.js';
import { agents } from './de/agents.js';
import { agreements } from './de/agreements.js';
import { attendance } from './de/attendance.js';
import { calls } from './de/calls.js';
import { consents } from './de/consents.js';
import { desk } from './de/desk.js';
import { duties } from './de/duties.js';
import { engagement } from './de/engagement.js';
import { experts } from './de/experts.js';
import { facts } from './de/facts.js';
import { failures } from './de/failures.js';
import { register } from './de/register.js';
import { retention } from './de/retention.js';
import { rights } from './de/rights.js';
import { session } from './de/session.js';

export const de = {
  ...session,
  ...desk,
  ...engagement,
  ...agents,
  ...facts,
  ...admin,
  ...register,
  ...rights,
  ...duties,
  ...calls,
  ...agreements,
  ...attendance,
  ...experts,
  ...consents,
  ...retention,
  ...failures,
};
