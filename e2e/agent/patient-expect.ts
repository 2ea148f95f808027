/** Waits outside the test runner as long as its configuration says inside it: the proof plays the same pages. */

import { expect as plainExpect } from '@playwright/test';

export const expect = plainExpect.configure({ timeout: 10_000 });
