import { z } from 'zod';
import type { Route } from '../../server/http/routes.ts';
import { deskPassword } from './server.ts';

type JsonSchema = {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minItems?: number;
  minimum?: number;
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
};

/** What fields of these names hold, where the shape alone does not say. */
const byName: Record<string, unknown> = {
  organisation: 'mgen',
  organisationId: 'mgen',
  organisationIds: ['mgen'],
  organisations: ['mgen'],
  product: 'lettre-verte',
  password: deskPassword,
  current: deskPassword,
};

const texts = [
  'une phrase quelconque',
  '2026-11-18',
  '2026-11-18T09:00:00.000Z',
  '2026-11',
  '2026',
  'x',
  'quelquun',
  'personne@example.fr',
  '0612345678',
  '08:00',
  '00000000-0000-4000-8000-000000000000',
  'a'.repeat(43),
  '000000',
];

/**
 * Input that a route's own schema takes, made from it: what is required, then everything. Undefined when the shape
 * does not say enough; the caller then gives an example.
 */
export const validInput = (schema: Route['body']): unknown => {
  if (!schema) return undefined;
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return [false, true].map((whole) => valueOf(shape, whole)).find((value) => schema.safeParse(value).success);
};

const valueOf = (schema: JsonSchema, whole: boolean): unknown => {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first) return valueOf(first, whole);
  switch (schema.type) {
    case 'object':
      return objectOf(schema, whole);
    case 'array':
      return Array.from({ length: schema.minItems ?? (whole ? 1 : 0) }, () =>
        valueOf(schema.items ?? {}, whole),
      );
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return false;
    default:
      return texts.find((text) => fits(schema, text)) ?? null;
  }
};

const objectOf = ({ properties = {}, required = [] }: JsonSchema, whole: boolean): unknown =>
  Object.fromEntries(
    Object.entries(properties)
      // Who proves who they are gives their password.
      .filter(([name]) => whole || required.includes(name) || name === 'password')
      .map(([name, schema]) => [name, byName[name] ?? valueOf(schema, whole)]),
  );

const fits = ({ pattern, minLength = 0, maxLength = Infinity }: JsonSchema, text: string): boolean =>
  text.length >= minLength &&
  text.length <= maxLength &&
  (pattern === undefined || new RegExp(pattern, 'u').test(text));
