import { z } from 'zod';

export type KeyPath = readonly PropertyKey[];

/**
 * Says in words what a file may hold at a key: "a whole number from 3 to 10". The words come from the schema
 * itself, so they cannot disagree with what is checked.
 */
export const allowedAt = (schema: z.core.$ZodType, data: unknown, path: KeyPath): string => {
  const found = schemaAt(schema, data, path);
  return found ? describe(found) : 'nothing here';
};

/** The keys of the group at a path; empty when there is no group. */
export const keysAt = (schema: z.core.$ZodType, data: unknown, path: KeyPath): string[] => {
  const found = schemaAt(schema, data, path);
  const group = found && choose(found, valueAt(data, path));
  return group instanceof z.ZodObject ? Object.keys(group.shape) : [];
};

/** The allowed key that is fewest edits away from what was typed. */
export const nearestKey = (typed: string, keys: readonly string[]): string | undefined => {
  const ranked = keys.map((key) => ({ key, edits: edits(typed.toLowerCase(), key.toLowerCase()) }));
  return ranked.sort((one, other) => one.edits - other.edits)[0]?.key;
};

export const valueAt = (data: unknown, path: KeyPath): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    data,
  );

const schemaAt = (schema: z.core.$ZodType, data: unknown, path: KeyPath): z.core.$ZodType | undefined => {
  const [key, ...rest] = path;
  if (key === undefined) return schema;

  const here = choose(schema, data);
  const next =
    here instanceof z.ZodObject
      ? (here.shape as Record<PropertyKey, z.core.$ZodType>)[key]
      : here instanceof z.ZodArray
        ? here.element
        : here instanceof z.ZodDiscriminatedUnion
          ? discriminatorOf(here)
          : undefined;
  return next && schemaAt(next, valueAt(data, [key]), rest);
};

/** Looks through "may be null" and picks the variant that the data names. */
const choose = (schema: z.core.$ZodType, data: unknown): z.core.$ZodType => {
  if (schema instanceof z.ZodNullable) return choose(schema.unwrap(), data);
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;

  const kind = valueAt(data, [schema.def.discriminator]);
  const chosen = schema.options.find((option) => kindOf(option, schema.def.discriminator) === kind);
  return chosen ?? schema;
};

const kindOf = (option: z.core.$ZodType, discriminator: string): unknown => {
  const literal = option instanceof z.ZodObject ? option.shape[discriminator] : undefined;
  return literal instanceof z.ZodLiteral ? literal.value : undefined;
};

const discriminatorOf = (union: z.ZodDiscriminatedUnion): z.core.$ZodType =>
  z.enum(union.options.map((option) => String(kindOf(option, union.def.discriminator))));

const describe = (schema: z.core.$ZodType): string => {
  if (schema instanceof z.ZodNullable) return `${describe(schema.unwrap())}, or null`;
  if (schema instanceof z.ZodType && schema.description) return schema.description;
  if (schema instanceof z.ZodEnum) return `one of ${schema.options.join(', ')}`;
  if (schema instanceof z.ZodLiteral) return JSON.stringify(schema.value);
  if (schema instanceof z.ZodBoolean) return 'true or false';
  if (schema instanceof z.ZodNumber) {
    return `a ${schema.isInt ? 'whole ' : ''}number from ${schema.minValue} to ${schema.maxValue}`;
  }
  if (schema instanceof z.ZodArray) return `a list; each: ${describe(schema.element)}`;
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return `a group whose ${schema.def.discriminator} is ${describe(discriminatorOf(schema))}`;
  }
  if (schema instanceof z.ZodObject) return `a group with ${Object.keys(schema.shape).join(', ')}`;
  return 'text';
};

const edits = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (let column = 1; column <= other.length; column += 1) {
      const swapped = (row[column - 1] ?? 0) + (letter === other[column - 1] ? 0 : 1);
      next.push(Math.min(swapped, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
};
