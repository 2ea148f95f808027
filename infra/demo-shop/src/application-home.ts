/** Second step of the application: where the person lives and where the goods go. */
import type { FieldGroup } from './form-field.js';

export const homeFields: readonly FieldGroup[] = [
  {
    legend: 'Your address',
    fields: [
      {
        kind: 'text',
        name: 'street',
        label: 'Street and number',
        autocomplete: 'address-line1',
        required: true,
        wide: true,
      },
      {
        kind: 'text',
        name: 'addressMore',
        label: 'Flat, floor or company',
        autocomplete: 'address-line2',
        wide: true,
      },
      { kind: 'text', name: 'postalCode', label: 'Postal code', autocomplete: 'postal-code', required: true },
      { kind: 'text', name: 'city', label: 'Town', autocomplete: 'address-level2', required: true },
      {
        kind: 'select',
        name: 'country',
        label: 'Country',
        autocomplete: 'country',
        required: true,
        options: [
          ['', 'Choose a country'],
          ['AT', 'Austria'],
          ['FR', 'France'],
          ['DE', 'Germany'],
          ['IE', 'Ireland'],
          ['NL', 'Netherlands'],
          ['PL', 'Poland'],
          ['PT', 'Portugal'],
          ['ES', 'Spain'],
        ],
      },
      {
        kind: 'date',
        name: 'livesThereSince',
        label: 'Living there since',
        min: '1930-01-01',
        required: true,
      },
    ],
  },
  {
    legend: 'Housing',
    fields: [
      {
        kind: 'radios',
        name: 'housing',
        label: 'Your home is',
        wide: true,
        required: true,
        options: [
          ['own', 'Your own'],
          ['rent', 'Rented'],
          ['family', 'With family'],
          ['other', 'Something else'],
        ],
      },
      {
        kind: 'number',
        name: 'housingCost',
        label: 'Rent or mortgage each month, in euros',
        inputMode: 'numeric',
        min: 0,
        max: 20000,
        required: true,
      },
    ],
  },
  {
    legend: 'Delivery',
    fields: [
      { kind: 'date', name: 'deliveryDay', label: 'Delivery day', required: true, marking: 'allow' },
      {
        kind: 'textarea',
        name: 'deliveryNote',
        label: 'A note for the courier',
        hint: 'A gate code, a friendly dog, the side door.',
        maxLength: 400,
        wide: true,
      },
      { kind: 'tick', name: 'callBefore', label: 'Call me half an hour before', wide: true },
    ],
  },
];
