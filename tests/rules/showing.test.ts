import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { AuditRow } from '../../server/audit/audit.schema.ts';
import { showingTypes } from '../../server/audit/showing.ts';
import { eventTypes, vocabulary } from '../../server/audit/vocabulary.schema.ts';
import type { House } from '../../server/core/ctx.ts';
import type { Call } from '../../server/calls/calls.schema.ts';
import { loadWords } from '../../server/core/words.ts';
import { loadOrganisations } from '../../server/organisations/organisations.service.ts';
import { consultationsIn } from '../../server/supervision/consultation-lines.ts';
import { touchOf, touchTypes, typesWithData } from '../../server/supervision/touched-kinds.ts';

/** Lists that an event may keep and that name no member: a new one is for one side or the other. */
const notPeople = [
  ...['organisations', 'organisationsBefore', 'filters', 'changed', 'rules'],
  ...['what', 'destinations', 'ranges'],
];

describe('whom an event showed beside its own member', () => {
  const house = { words: loadWords('templates') } as House;
  const at = '2026-11-18T09:00:00.000Z';
  const [policy] = loadOrganisations('seeds/organisations').all();

  test('stands under a name that whoever asks knows: every list of the vocabulary is told apart', () => {
    const fields = eventTypes.flatMap((type) => {
      const { properties = {} } = z.toJSONSchema(vocabulary[type]);
      return Object.entries(properties).map(([name, schema]) => ({ type, name, schema }));
    });
    const lists = fields.filter(({ schema }) => typeof schema === 'object' && schema.type === 'array');
    const showing = lists.filter(({ name }) => !notPeople.includes(name)).map(({ type }) => type);
    const others = fields.filter(({ name }) => /(member|person|account)(Id|Ids)$/i.test(name));

    expect(showing).toEqual(showingTypes);
    expect(others).toEqual([]);
    expect(showing).toEqual(expect.arrayContaining(['member.viewed', 'review.decided', 'bulk.viewed']));
  });

  test.each(showingTypes)('%s: they count as touched, and are told of it', (type) => {
    const data = Object.fromEntries(
      Object.keys(vocabulary[type].shape).map((name) => [name, ['one', 'two']]),
    );
    const row = { at, type, data, seq: 1, callId: null, actorRole: 'supervisor' } as unknown as AuditRow;
    if (!policy) throw new Error('No organisation is seeded.');

    expect(touchOf({ type, memberId: null, data })).toEqual({ kind: 'looked', memberIds: ['one', 'two'] });
    expect(touchOf({ type, memberId: 'own', data })).toMatchObject({ memberIds: ['own', 'one', 'two'] });
    expect([touchTypes, typesWithData].every((types) => types.includes(type))).toBe(true);
    const told = consultationsIn({ house, language: 'fr' }, policy, [{ row, isBeside: false }], []);
    expect(told).toMatchObject([{ purposes: [expect.stringMatching(/dossier/)] }]);
  });

  const line = (events: Partial<AuditRow>[], call: Partial<Call> = {}) => {
    if (!policy) throw new Error('No organisation is seeded.');
    const told = events.map((event, seq) => ({
      row: { at, seq, callId: 'c', actorRole: 'agent', data: {}, ...event } as AuditRow,
      isBeside: false,
    }));
    const calls = [{ id: 'c', channel: 'telephone', caller: 'member', reason: null, ...call } as Call];
    return consultationsIn({ house, language: 'fr' }, policy, told, calls);
  };
  const reason = policy?.reasons.unblock[0];

  test.each([
    ['a call', {}, 'Après un appel téléphonique', ['Lecture de votre dossier pour répondre à la demande']],
    ['a call of whom nobody said', { caller: 'unsaid' }, 'Sans contact noté', ['Lecture de votre dossier']],
    [
      'no contact',
      { channel: 'back-office', reason: reason?.id },
      'Sans contact de votre part',
      ['Lecture de votre dossier', `Motif : ${reason?.label.fr}`],
    ],
  ] as const)('a page read in %s is told as it was', (_what, call, channel, purposes) => {
    expect(line([{ type: 'member.viewed' }], call)).toMatchObject([{ channel, purposes }]);
  });

  test('a notice is no way back in', () => {
    const purposesOf = (template: string) =>
      line([{ type: 'message.asked', data: { template } }])[0]?.purposes;

    expect(purposesOf('notice-letter')).toEqual([
      'Envoi d’un message pour vous informer de ce qui a été fait',
    ]);
    expect(purposesOf('reset-link')).toEqual([expect.stringContaining('rendre l’accès')]);
  });

  test('outside calls each purpose is a line of its day, and each export one of its own', () => {
    const events = [
      'audit.story-read',
      'bulk.viewed',
      'audit.story-read',
      ...Array(2).fill('incident.touched-exported'),
    ];
    const told = line(events.map((type: string) => ({ type, callId: null })));

    expect(told.map(({ purposes }) => purposes).reverse()).toEqual([
      ['Contrôle de l’usage de votre dossier'],
      ['Votre nom est apparu dans une liste de dossiers à traiter ensemble'],
      ...Array(2).fill([
        'Votre nom a été sorti de l’outil dans une liste de dossiers vérifiés après un incident',
      ]),
    ]);
  });
});
