/** Numbers of persons go from what people write before anything keeps it; what only looks like one stays. */

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ChatSend } from '../chat.js';
import { findNationalIds, withoutNationalIds } from './national-id.js';

describe('a national number', () => {
  it.each([
    ['of Finland', '131052-308T'],
    ['of Finland, of this century', '010516A903X'],
    ['of Sweden', '811218-9876'],
    ['of Sweden, with its century', '19811218-9876'],
    ['of Norway', '01010750160'],
    ['of Denmark', '070761-4285'],
    ['of Switzerland', '756.9217.0769.85'],
    ['of France', '1 84 12 76 451 089 46'],
    ['of the United States', '078-05-1120'],
    ['of Great Britain', 'AB 12 34 56 C'],
  ])('%s goes, and what stands around it stays', (_, number) => {
    const left = withoutNationalIds(`It is ${number}, since 2021.`);
    expect(left).toBe(`It is ${number.replace(/[A-Z0-9]/g, '•')}, since 2021.`);
    expect(findNationalIds(number)).not.toEqual([]);
  });

  it.each(['86095742719', '111222333'])(
    '%s goes where the text says what it is, and else stays',
    (number) => {
      expect(withoutNationalIds(`Order ${number}`)).toBe(`Order ${number}`);
      expect(withoutNationalIds(`Meine Steuer-ID oder BSN: ${number}`)).not.toMatch(/\d/);
    },
  );

  it.each(['131052-308A', '811218-9875', '01010750161', '2026-11-22', 'Order 12345678', '+49 30 901820'])(
    '%s is none',
    (text) => expect(withoutNationalIds(text)).toBe(text),
  );

  it('is part of reading a line, and reading twice changes nothing', () => {
    const lineId = crypto.randomUUID();
    const once = v.parse(ChatSend, { lineId, text: 'My code is 131052-308T' }).text;
    expect(once).toBe('My code is ••••••-••••');
    expect(v.parse(ChatSend, { lineId, text: once }).text).toBe(once);
  });
});
