import { describe, expect, it } from 'vitest';
import type { FieldDescription } from './secret-field.js';
import { isSecretField } from './secret-field.js';

const field = (parts: Partial<FieldDescription>): FieldDescription => ({
  type: 'text',
  autocomplete: '',
  inputMode: '',
  maxLength: '',
  names: [],
  ...parts,
});

describe('isSecretField says yes to', () => {
  it.each(['password', 'hidden', 'file', 'PASSWORD', ' file '])('type %s', (type) => {
    expect(isSecretField(field({ type }))).toBe(true);
  });
  it.each([
    'cc-number',
    'cc-csc',
    'cc-exp',
    'cc-name',
    'one-time-code',
    'current-password',
    'new-password',
    'section-pay billing cc-number',
    'CC-NUMBER',
    'username webauthn',
  ])('autocomplete %s', (autocomplete) => {
    expect(isSecretField(field({ autocomplete }))).toBe(true);
  });
  it.each([
    'password',
    'userPassword',
    'user_passwd',
    'login-pwd',
    'cardNumber',
    'card_number',
    'card-no',
    'cc-num',
    'ccnumber',
    'payment[card][number]',
    'creditCardNumber',
    'cvv',
    'CVC2',
    'card-cvc',
    'securityCode',
    'security_answer',
    'expiry',
    'exp-month',
    'expirationDate',
    'otp',
    'otp_1',
    'smsCode',
    'one-time-code',
    'verification_code',
    'mfa',
    '2fa',
    'tan',
    'pin',
    'atm-pin',
    'loginToken',
    'two-factor',
    'lösenord',
    'Kartennummer',
  ])('name %s', (name) => {
    expect(isSecretField(field({ names: ['', name] }))).toBe(true);
  });
  it('one box of a code', () => {
    expect(isSecretField(field({ maxLength: '1', inputMode: 'numeric', names: ['digit-1'] }))).toBe(true);
    expect(isSecretField(field({ maxLength: '6', inputMode: 'numeric', names: ['code'] }))).toBe(true);
  });
});

describe('isSecretField says no to', () => {
  it.each([
    'city',
    'email',
    'income',
    'firstName',
    'address-line1',
    'postal_code',
    'expected_delivery',
    'company',
    'shipping',
    'opinion',
    'distance',
    'discount',
    'account-name',
    'business',
    'standard',
    'discard',
    'wildcard',
    'comment',
    'topic',
    'country',
    'promoCode',
    'spinner',
    'important',
    'export',
  ])('name %s', (name) => {
    expect(isSecretField(field({ names: [name] }))).toBe(false);
  });
  it.each(['off', 'email', 'street-address', 'postal-code', 'tel', 'name'])(
    'autocomplete %s',
    (autocomplete) => {
      expect(isSecretField(field({ autocomplete }))).toBe(false);
    },
  );
});
