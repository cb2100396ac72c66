import { fold } from '../core/text.ts';

/** Something that a file may name: by its id, or by its name in any case, accents and hyphens. */
export type Named = { id: string; name: string };

/** The one that a cell names; undefined for none, and for a name that several bear. */
export const oneNamed = <T extends Named>(known: readonly T[], typed: string): T | undefined => {
  const exact = known.find(({ id }) => id === typed);
  if (exact) return exact;
  const wanted = fold(typed);
  const alike = known.filter(({ id, name }) => fold(name) === wanted || fold(id) === wanted);
  return alike.length === 1 ? alike[0] : undefined;
};

/** What may be written, for whoever wrote something else: the id beside a name that does not say it. */
export const listNamed = (known: readonly Named[]): string =>
  known.map(({ id, name }) => (fold(id) === fold(name) ? name : `${name} (${id})`)).join(', ');
