/** The pages of the zoo that take longer or are rarer than those of every run. */

import { zoo } from '../packages/testkit/zoo/zoo.js';
import { tellOfZoo } from './zoo/tell-of-zoo.js';

tellOfZoo(zoo.filter(({ isShort }) => !isShort));
