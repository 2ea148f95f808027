/** The languages of the message catalogue. */

import * as v from 'valibot';

export const languages = ['en', 'de'] as const;
export const Language = v.picklist(languages);
export type Language = v.InferOutput<typeof Language>;
