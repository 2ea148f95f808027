/** Shows amounts of money: whole cents inside, euros in front of people. */

const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

export function showCents(cents: number): string {
  return euros.format(cents / 100);
}
