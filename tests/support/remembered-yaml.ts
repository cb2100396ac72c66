import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';

/**
 * `yaml` for the tests (vitest.config): each of several hundred servers reads the same words, organisations and
 * templates when it starts, and reading a text a second time costs more than what many tests do. The same text gives
 * the same answer.
 */
const yaml = createRequire(import.meta.url)('yaml') as typeof Yaml;
export const { isCollection, isMap, isPair, isScalar, LineCounter, stringify, visit } = yaml;

const trees = new Map<string, unknown>();
const documents = new Map<string, { document: Yaml.Document.Parsed; lineStarts: number[] }>();

export const parse = (text: string): unknown => {
  if (!trees.has(text)) trees.set(text, yaml.parse(text));
  return structuredClone(trees.get(text));
};

/** A document is read and never changed. Its lines, when asked for, are counted once as well. */
export const parseDocument = (text: string, options: Options = {}): Yaml.Document.Parsed => {
  const { lineCounter = new LineCounter() } = options;
  const known = documents.get(text);
  if (known) {
    lineCounter.lineStarts = known.lineStarts;
    return known.document;
  }
  const document = yaml.parseDocument(text, { ...options, lineCounter });
  documents.set(text, { document, lineStarts: lineCounter.lineStarts });
  return document;
};

type Options = Yaml.ParseOptions & Yaml.DocumentOptions & Yaml.SchemaOptions;
