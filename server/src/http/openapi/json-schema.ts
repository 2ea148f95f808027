/** Turns the schemas that requests are checked with into JSON Schema, so that the document cannot tell otherwise. */

import type * as v from 'valibot';

export type JsonSchema = { readonly [key: string]: unknown };

/** A schema as valibot's own data: kinds of it have fields of their own. */
interface SchemaData {
  readonly type: string;
  readonly pipe?: readonly { readonly kind: string; readonly type: string; readonly requirement?: unknown }[];
  readonly entries?: Readonly<Record<string, SchemaData>>;
  readonly item?: SchemaData;
  readonly key?: SchemaData;
  readonly value?: SchemaData;
  readonly wrapped?: SchemaData;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
}

export function jsonSchema(schema: v.GenericSchema): JsonSchema {
  return convert(schema as unknown as SchemaData);
}

function convert(schema: SchemaData): JsonSchema {
  const [first, ...actions] = schema.pipe ?? [];
  const base =
    first === undefined || first === (schema as unknown) ? plain(schema) : convertStep(schema, first);
  // A transformation changes what comes out, not what may come in: what follows it says nothing of the input.
  const end = actions.findIndex((action) => action.type === 'transform');
  const checks = end === -1 ? actions : actions.slice(0, end);
  let json = base;
  for (const action of checks) json = { ...json, ...constraint(action, json) };
  return json;
}

function convertStep(schema: SchemaData, first: unknown): JsonSchema {
  const inner = first as SchemaData;
  return inner.pipe === undefined || inner.pipe === schema.pipe ? plain(inner) : convert(inner);
}

function plain(schema: SchemaData): JsonSchema {
  switch (schema.type) {
    case 'string':
    case 'number':
    case 'boolean':
      return { type: schema.type };
    case 'literal':
      return { const: schema.literal };
    case 'picklist':
      return { enum: schema.options };
    case 'array':
      return { type: 'array', items: schema.item === undefined ? {} : convert(schema.item) };
    case 'strict_object':
    case 'object':
      return objectSchema(schema);
    case 'record':
      return recordSchema(schema);
    case 'union':
    case 'variant':
      return { oneOf: (schema.options ?? []).map((option) => convert(option as SchemaData)) };
    case 'optional':
    case 'exact_optional':
      return schema.wrapped === undefined ? {} : convert(schema.wrapped);
    case 'unknown':
      return {};
    default:
      // Silence here would publish a document that is wrong.
      throw new Error(`no JSON Schema is known for "${schema.type}"`);
  }
}

function objectSchema({ type, entries = {} }: SchemaData): JsonSchema {
  const names = Object.keys(entries);
  const required = names.filter((name) => !/^(?:exact_)?optional$/.test(entries[name]?.type ?? ''));
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, convert(entry)])),
    ...(required.length === 0 ? {} : { required }),
    ...(type === 'strict_object' ? { additionalProperties: false } : {}),
  };
}

function recordSchema({ key, value }: SchemaData): JsonSchema {
  return {
    type: 'object',
    ...(key === undefined ? {} : { propertyNames: convert(key) }),
    additionalProperties: value === undefined ? true : convert(value),
  };
}

function constraint(
  { type, requirement }: { readonly type: string; readonly requirement?: unknown },
  of: JsonSchema,
): JsonSchema {
  const counted = of.type === 'array' ? 'Items' : 'Length';
  switch (type) {
    case 'min_length':
      return { [`min${counted}`]: requirement };
    case 'max_length':
      return { [`max${counted}`]: requirement };
    case 'min_value':
      return { minimum: requirement };
    case 'max_value':
      return { maximum: requirement };
    case 'integer':
      return { type: 'integer' };
    case 'email':
      return { format: 'email' };
    case 'uuid':
      return { format: 'uuid' };
    case 'url':
      return { format: 'uri' };
    case 'iso_date':
      return { format: 'date' };
    case 'regex':
      return requirement instanceof RegExp ? { pattern: requirement.source } : {};
    default:
      return {};
  }
}
