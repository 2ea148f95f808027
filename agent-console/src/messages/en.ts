/** English, whole. */

import { admin } from './en/admin.js';
import { agents } from './en/agents.js';
import { agreements } from './en/agreements.js';
import { attendance } from './en/attendance.js';
import { calls } from './en/calls.js';
import { consents } from './en/consents.js';
import { desk } from './en/desk.js';
import { duties } from './en/duties.js';
import { engagement } from './en/engagement.js';
import { experts } from './en/experts.js';
import { facts } from './en/facts.js';
import { failures } from './en/failures.js';
import { register } from './en/register.js';
import { retention } from './en/retention.js';
import { rights } from './en/rights.js';
import { session } from './en/session.js';

export const en = {
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
