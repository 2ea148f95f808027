/** Waits longer than a person would: the proof plays the same pages while every call of the service is traced. */

import { expect as plainExpect } from '@playwright/test';

export const expect = plainExpect.configure({ timeout: 30_000 });
