import { describe, expect, test } from 'vitest';
import { audit as english } from '../../client/console/i18n/en/audit.ts';
import { audit as french } from '../../client/console/i18n/fr/audit.ts';
import { eventTypes } from '../../server/audit/vocabulary.schema.ts';
import { loadWords } from '../../server/core/words.ts';

describe('the words of an exported audit', () => {
  const words = loadWords('templates');

  test.each([
    ['fr', french.type],
    ['en', english.type],
  ] as const)('are those of the console for every event, in %s', (language, labels) => {
    const said = eventTypes.map((type) => [
      type,
      words.has(`auditExports.events.${type}`) && words.say(language, `auditExports.events.${type}`),
    ]);

    expect(said).toEqual(eventTypes.map((type) => [type, labels[type]]));
  });
});
