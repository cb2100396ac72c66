import type { ErrorRequestHandler } from 'express';
import { z } from 'zod';
import type { House } from '../core/ctx.ts';
import { AppError, statusOf, type WordParams } from '../core/errors.ts';
import type { Language } from '../core/words.ts';
import { dialectOf } from '../db/dialect.ts';

export const ErrorBody = z.object({
  code: z.string(),
  message: z.string(),
  errors: z.record(z.string(), z.string()).optional(),
  rule: z.string().optional(),
  reasons: z.array(z.string()).optional(),
  /** With the code `second-factor`: which kinds the account has, and what its security key may sign. */
  secondFactor: z
    .object({ kinds: z.array(z.string()), options: z.record(z.string(), z.unknown()).nullable() })
    .optional(),
});

/** Turns what was thrown into one JSON shape. Only an AppError tells anything; the rest is logged as a bug. */
export const makeErrorHandler =
  (house: House): ErrorRequestHandler =>
  (thrown, req, res, _next) => {
    if (res.headersSent) {
      // A stream that broke: the reader must see it end short, and there is nobody left to tell.
      house.log.warn({ err: withoutValues(thrown) }, 'a stream ended early');
      return res.destroy();
    }
    const error = asAppError(house, thrown);
    const language = languageOf(req.get('accept-language'));
    if (!error) {
      house.log.error({ err: withoutValues(thrown) }, 'unexpected error');
      const message = house.words.say(language, 'common.unexpected', { requestId: req.requestId });
      return res.status(500).json({ code: 'unexpected', message });
    }
    if (statusOf[error.code] === 503)
      house.log.warn({ err: withoutValues(error.cause ?? error) }, 'refused for now');
    if (error.details.retryAfterSeconds) res.set('Retry-After', String(error.details.retryAfterSeconds));
    return res.status(statusOf[error.code]).json(bodyOf(house, language, error));
  };

export const languageOf = (header: string | undefined): Language =>
  header?.trim().toLowerCase().startsWith('en') ? 'en' : 'fr';

/** Field messages of a failed check, as words keys: a schema's own message when it names one, else by kind. */
export const invalidInput = (house: House, error: z.ZodError, part: string): AppError => {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    for (const path of pathsOf(issue)) fields[path || part] ??= wordsOf(house, issue);
  }
  return new AppError('invalid-input', 'common.invalidInput', { fields });
};

const pathsOf = (issue: z.core.$ZodIssue): string[] => {
  const path = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [path];
  return issue.keys.map((key) => (path ? `${path}.${key}` : key).slice(0, 80));
};

const wordsOf = (house: House, issue: z.core.$ZodIssue): string => {
  if (house.words.has(issue.message)) return issue.message;
  if (issue.code === 'unrecognized_keys') return 'common.unknownField';
  if (issue.code === 'too_big') return 'common.tooLong';
  if (issue.code === 'too_small') return 'common.tooShort';
  if (issue.code === 'invalid_value') return 'common.notInList';
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'common.required';
  return 'common.wrongShape';
};

const bodyOf = (house: House, language: Language, error: AppError): z.infer<typeof ErrorBody> => {
  const say = (words: string, params: WordParams = {}) =>
    house.words.has(words) ? house.words.say(language, words, params) : words;
  const { fields, params, rule, reasons, secondFactor } = error.details;
  const errors =
    fields && Object.fromEntries(Object.entries(fields).map(([field, words]) => [field, say(words, params)]));
  return {
    code: error.code,
    message: say(error.words, params),
    ...(errors && { errors }),
    ...(rule && { rule }),
    ...(reasons && { reasons: reasons.map((reason) => say(reason, params)) }),
    ...(secondFactor && { secondFactor }),
  };
};

const asAppError = (house: House, thrown: unknown): AppError | undefined => {
  if (thrown instanceof AppError) return thrown;
  if (dialectOf(house.pool).isUnavailable(thrown)) {
    return new AppError('unavailable', 'common.unavailable', { retryAfterSeconds: 5, cause: thrown });
  }
  const type = (thrown as { type?: string } | null)?.type;
  if (type === 'entity.too.large') return new AppError('too-large', 'common.tooLarge');
  if (type === 'entity.parse.failed') return new AppError('invalid-input', 'common.badJson');
  if (type?.startsWith('encoding.') || type?.startsWith('charset.')) {
    return new AppError('unsupported-type', 'common.badEncoding');
  }
  // What the body's reader refuses by itself: cut short, not compressed as it says, longer than it says.
  const status = (thrown as { status?: unknown } | null)?.status;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new AppError('invalid-input', 'common.badBody');
  }
  if (thrown instanceof URIError) return new AppError('not-found', 'common.notFound');
  return undefined;
};

// A database error carries the statement with every bound value: only its code and place may be logged.
const withoutValues = (thrown: unknown): unknown => {
  if (!(thrown instanceof Error)) return { message: 'not an error' };
  const frames = (thrown.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const fromDatabase = 'code' in thrown || /\b(insert into|select|update|delete)\b/i.test(thrown.message);
  return {
    name: thrown.name,
    code: (thrown as { code?: unknown }).code,
    message: fromDatabase ? 'left out: it may quote values' : thrown.message,
    stack: frames.slice(0, 12).join('\n'),
  };
};
