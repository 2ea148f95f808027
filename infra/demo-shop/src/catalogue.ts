/** What the shop sells. */

export type Category = 'bicycles' | 'parts';

export interface Product {
  readonly slug: string;
  readonly name: string;
  readonly category: Category;
  readonly tagline: string;
  readonly description: string;
  readonly priceCents: number;
  readonly weightKg: number;
  readonly suits: readonly ('city' | 'hills' | 'family' | 'distance')[];
  readonly details: readonly (readonly [name: string, value: string])[];
  readonly pictureAlt: string;
}

export const catalogue: readonly Product[] = [
  {
    slug: 'alder',
    name: 'Alder',
    category: 'bicycles',
    tagline: 'The everyday city bicycle',
    description:
      'A calm, upright ride for streets and towpaths. The chain is fully covered, the lights never need charging, and the eight hub gears change even when you stand still.',
    priceCents: 89900,
    weightKg: 14.2,
    suits: ['city'],
    details: [
      ['Frame', 'Lugged steel, three sizes'],
      ['Gears', '8-speed hub'],
      ['Brakes', 'Roller brakes, front and rear'],
      ['Lights', 'Hub dynamo'],
    ],
    pictureAlt: 'Green upright city bicycle with a covered chain, seen from the side',
  },
  {
    slug: 'rowan',
    name: 'Rowan',
    category: 'bicycles',
    tagline: 'Light, quick, and fond of long days',
    description:
      'Wide drop bars, room for proper tyres and mounts for three bottles. Rowan is at home on back roads and gravel, with or without bags.',
    priceCents: 164900,
    weightKg: 9.8,
    suits: ['distance', 'hills'],
    details: [
      ['Frame', 'Butted steel, carbon fork'],
      ['Gears', '1 x 12'],
      ['Brakes', 'Hydraulic disc'],
      ['Tyres', '42 mm, tubeless ready'],
    ],
    pictureAlt: 'Rust-coloured touring bicycle with drop handlebars, seen from the side',
  },
  {
    slug: 'hazel-e',
    name: 'Hazel E',
    category: 'bicycles',
    tagline: 'A quiet push up every hill',
    description:
      'A low step, a mid-drive motor you feel more than hear, and a battery for eighty kilometres of ordinary days. Lift it out to charge it indoors.',
    priceCents: 279900,
    weightKg: 21.5,
    suits: ['city', 'hills'],
    details: [
      ['Motor', 'Mid-drive, 65 Nm'],
      ['Battery', '504 Wh, removable'],
      ['Range', 'About 80 km'],
      ['Drive', 'Belt, 5-speed hub'],
    ],
    pictureAlt: 'Blue step-through electric bicycle with a battery on the down tube, seen from the side',
  },
  {
    slug: 'oak-cargo',
    name: 'Oak Cargo',
    category: 'bicycles',
    tagline: 'Two children and the shopping',
    description:
      'The low box in front carries 80 kg and keeps an eye-line to whoever sits in it. The double stand holds on a slope while you strap them in.',
    priceCents: 419900,
    weightKg: 34,
    suits: ['family', 'city'],
    details: [
      ['Load', '80 kg in the box'],
      ['Motor', 'Mid-drive, 85 Nm'],
      ['Box', 'Birch plywood, two benches'],
      ['Brakes', 'Hydraulic disc, four pistons'],
    ],
    pictureAlt: 'Cargo bicycle with a long wheelbase and a wooden box in front, seen from the side',
  },
  {
    slug: 'wren',
    name: 'Wren',
    category: 'bicycles',
    tagline: 'A first real bicycle, from six years',
    description:
      'Everything is scaled to small hands: short brake reach, narrow pedals, a light frame that a child can pick up again alone.',
    priceCents: 42900,
    weightKg: 7.9,
    suits: ['family'],
    details: [
      ['Wheels', '20 inch'],
      ['Gears', '3-speed hub'],
      ['Age', '6 to 9 years'],
      ['Brakes', 'Rim, short reach'],
    ],
    pictureAlt: "Yellow children's bicycle with small wheels, seen from the side",
  },
  {
    slug: 'lantern',
    name: 'Lantern',
    category: 'parts',
    tagline: 'A lamp that reaches around the corner',
    description: 'A wide, even beam with a soft edge that does not blind anyone. Charges in two hours.',
    priceCents: 6900,
    weightKg: 0.2,
    suits: [],
    details: [
      ['Output', '400 lumen'],
      ['Runtime', '3 to 12 hours'],
    ],
    pictureAlt: 'Round black bicycle lamp with a warm beam',
  },
  {
    slug: 'satchel',
    name: 'Satchel',
    category: 'parts',
    tagline: 'A pannier that walks into the office',
    description: 'Waxed cotton, rolled closure, one strap. Clips on and off with one hand.',
    priceCents: 11900,
    weightKg: 0.9,
    suits: [],
    details: [
      ['Volume', '18 litres'],
      ['Rain', 'Taped seams'],
    ],
    pictureAlt: 'Brown pannier bag with a rolled top',
  },
  {
    slug: 'thistle',
    name: 'Thistle',
    category: 'parts',
    tagline: 'A helmet you forget you wear',
    description:
      'Light, airy, and made in one piece with its lining. The buckle closes with one hand, gloves on.',
    priceCents: 8900,
    weightKg: 0.3,
    suits: [],
    details: [
      ['Sizes', 'S, M and L'],
      ['Norm', 'EN 1078'],
    ],
    pictureAlt: 'Pale green bicycle helmet with a dark strap',
  },
  {
    slug: 'bell',
    name: 'Bell',
    category: 'parts',
    tagline: 'One clear note',
    description: 'Turned brass on a spring hammer. It rings for four seconds and says it politely.',
    priceCents: 2400,
    weightKg: 0.1,
    suits: [],
    details: [
      ['Material', 'Brass'],
      ['Fits', '22 to 32 mm bars'],
    ],
    pictureAlt: 'Polished brass bicycle bell',
  },
];

export function productBySlug(slug: string): Product | undefined {
  return catalogue.find((product) => product.slug === slug);
}
