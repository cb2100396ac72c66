/** What can go wrong on purpose, and the status that a program sees. Anything else is a bug: 500, told to nobody. */
export const statusOf = {
  'invalid-input': 400,
  'signed-out': 401,
  'second-factor': 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'too-large': 413,
  'unsupported-type': 415,
  misdirected: 421,
  'policy-refused': 422,
  'too-many': 429,
  busy: 503,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof statusOf;

export type WordParams = Record<string, string | number>;

type Details = {
  params?: WordParams;
  /** Field name → words key (or a sentence already made), for forms. */
  fields?: Record<string, string>;
  /** The rule of the organisation's file or of the product that refused, e.g. `account.disabled`. */
  rule?: string;
  retryAfterSeconds?: number;
  /** Further sentences (words keys), when one field is refused for several reasons. */
  reasons?: string[];
  /** What a sign-in may go on with: beside the sentence, for the program. */
  secondFactor?: { kinds: string[]; options: Record<string, unknown> | null };
  cause?: unknown;
};

/**
 * A refusal with a code for the program and the key of a sentence (templates/words) for the person.
 * Sentences say what to do next and never quote a secret, a name or an identifier.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly words: string;
  readonly details: Details;

  constructor(code: ErrorCode, words: string, details: Details = {}) {
    super(words, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.words = words;
    this.details = details;
  }
}
