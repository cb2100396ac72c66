import { AppError, type WordParams } from '../core/errors.ts';

/** Says at the field concerned what is wrong with it and what to do. */
export const wrong = (field: string, words: string, params: WordParams = {}): AppError =>
  new AppError('invalid-input', words, { fields: { [field]: words }, params });
