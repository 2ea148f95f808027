/** The part of the zoo that every run of the tests shows to an agent; the others come in the full run. */

import { zoo } from '../packages/testkit/zoo/zoo.js';
import { tellOfZoo } from './zoo/tell-of-zoo.js';

tellOfZoo(zoo.filter(({ isShort }) => isShort));
