import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ReviewSettings } from './review-settings.schema.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Signals of the review queue with their weights and thresholds. */
    reviewSettings: ReviewSettings;
  }
}

/**
 * Reads the signals of the review queue, once, at start.
 * @throws Error naming the file and every wrong key, one a line.
 */
export const loadReviewSettings = (file: string): ReviewSettings => {
  const read = ReviewSettings.safeParse(parseYaml(file));
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => `${file} ${path.join('.')}: ${message}`);
  throw new Error(`The file of the review queue is wrong:\n${problems.join('\n')}`);
};

const parseYaml = (file: string): unknown => {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`REVIEWS_FILE: ${file} cannot be read as YAML.`, { cause });
  }
};
