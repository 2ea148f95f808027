/** The OpenAPI document, made from the table of routes. */

import { refusals } from '@alongside/protocol';
import type { Route, RouteAccess } from '../route.js';
import { type JsonSchema, jsonSchema } from './json-schema.js';

export function openApiDocument(
  routes: readonly Route[],
  { version, origin }: { version: string; origin: string },
): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Alongside', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: origin }],
    paths,
    components: { schemas: { Refused: refused }, securitySchemes },
  };
}

const refused: JsonSchema = {
  type: 'object',
  required: ['refusal'],
  properties: {
    refusal: {
      type: 'object',
      required: ['code'],
      properties: { code: { enum: Object.keys(refusals) }, detail: { type: 'string' } },
    },
  },
};

const securitySchemes: JsonSchema = {
  accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  returnSecret: {
    type: 'apiKey',
    in: 'header',
    name: 'authorization',
    description: 'Alongside <engagementId>.<secret>',
  },
  emergency: { type: 'apiKey', in: 'header', name: 'authorization', description: 'Emergency <secret>' },
  caseKey: { type: 'apiKey', in: 'header', name: 'authorization', description: 'Case <caseId>.<key>' },
  refreshCookie: { type: 'apiKey', in: 'cookie', name: 'alongside-refresh' },
};

function operation(route: Route): JsonSchema {
  const refusal = { $ref: '#/components/schemas/Refused' };
  return {
    summary: route.summary,
    ...security(route.access),
    parameters: [...parameters(route, 'path'), ...parameters(route, 'query')],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(route.body) } },
          },
        }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: {} } } },
      default: { description: 'Refused.', content: { 'application/json': { schema: refusal } } },
    },
  };
}

function security(access: RouteAccess): JsonSchema {
  if (typeof access !== 'string') return { security: [{ accessToken: [] }], 'x-roles': access };
  if (
    access === 'returnSecret' ||
    access === 'caseKey' ||
    access === 'emergency' ||
    access === 'refreshCookie'
  )
    return { security: [{ [access]: [] }] };
  return {};
}

function parameters(route: Route, place: 'path' | 'query'): readonly JsonSchema[] {
  const { properties, required } = jsonSchema(place === 'path' ? route.params : route.query);
  const wanted = new Set(Array.isArray(required) ? required : []);
  return Object.entries(properties ?? {}).map(([name, schema]) => ({
    name,
    in: place,
    required: wanted.has(name),
    schema,
  }));
}
