import { eventTypes, vocabulary, type EventType } from './vocabulary.schema.ts';

/** Under these names an event keeps whose identity it showed beside its own member's. */
const names = ['shown', 'alsoShown'] as const;

/** Every event of the vocabulary that keeps such ids: whoever asks who was seen by whom reads their data. */
export const showingTypes: readonly EventType[] = eventTypes.filter((type) =>
  names.some((name) => name in vocabulary[type].shape),
);

/** Whom an event showed beside its own member. */
export const shownIn = (data: Record<string, unknown> | null): string[] =>
  names.flatMap((name) => {
    const ids = data?.[name];
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  });
