import type { Ctx, Visit } from '../core/ctx.ts';
import { momentInWords } from '../core/days.ts';
import { AppError } from '../core/errors.ts';
import { read } from '../core/perform.ts';
import type { Language } from '../core/words.ts';
import type { Outgoing } from '../http/routes.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { destinationOf, destinations } from './destinations.ts';
import type { Form } from './forms.ts';
import { letterPolicyOf } from './letter-policy.ts';
import { letterGrams, weightBand } from './letter-weight.ts';
import { goodLetters } from './lot-waste.service.ts';
import { findLot } from './lots-view.service.ts';
import type { LotRow } from './lots.store.ts';
import { sendForms } from './send-forms.service.ts';

/**
 * Sends La Poste's slip of a lot: to take along once it is counted, and as it was declared after the deposit.
 *
 * @throws AppError `conflict` before the count, `policy-refused` when no good sheet is left.
 */
export const sendDepositSlip = async (
  visit: Visit,
  id: string,
  language: Language,
  out: Outgoing,
): Promise<void> => {
  const { lot, form } = await read(visit, async (ctx) => {
    const found = await findLot(ctx, id);
    assertCounted(found);
    return { lot: found, form: await slipOf(ctx, found, language) };
  });
  await sendForms(visit.house, out, { forms: [form], name: `bordereau-lot-${lot.number}`, language });
};

const assertCounted = ({ state, printed, spoiled }: LotRow): void => {
  if (state !== 'counted' && state !== 'deposited')
    throw new AppError('conflict', 'lots.notCounted', { rule: 'lot.not-counted' });
  if (spoiled >= printed)
    throw new AppError('policy-refused', 'lots.nothingToDeposit', { rule: 'lot.nothing-good' });
};

const slipOf = async (ctx: Ctx, lot: LotRow, language: Language): Promise<Form> => {
  const say = (key: string, params = {}) => ctx.house.words.say(language, `lots.slip.${key}`, params);
  const policy = policyOf(ctx.house, lot.organisation_id);
  const { sender, products } = letterPolicyOf(policy);
  const good = await goodLetters(ctx, lot);
  const count = (n: number) => n.toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB');
  const going = destinations.map((one) => ({
    name: say(`destinations.${one}`),
    letters: good.filter(({ zone }) => destinationOf(zone) === one).length,
  }));

  return {
    organisation: policy.name,
    title: say('title'),
    subtitle: say('lot', { number: lot.number }),
    blocks: [
      {
        kind: 'facts',
        rows: [
          { label: say('sender'), value: linesOf(sender) },
          {
            label: say('product'),
            value: products.find(({ id }) => id === lot.product)?.label ?? lot.product,
          },
          { label: say('letters'), value: count(good.length) },
          { label: say('weight'), value: say('band', { grams: letterGrams, ...weightBand(letterGrams) }) },
          ...(await whoAndWhen(ctx, lot, language)),
        ],
      },
      {
        kind: 'table',
        columns: [
          { title: say('destination'), share: 0.7 },
          { title: say('count'), share: 0.3, align: 'right' },
        ],
        rows: going.map(({ name, letters }) => [name, count(letters)]),
        total: [say('total'), count(good.length)],
      },
      {
        kind: 'boxes',
        text: '',
        boxes: [
          { title: say('depositor'), lines: [say('nameAndDate')] },
          { title: say('post'), lines: [say('stamp')] },
        ],
      },
    ],
  };
};

const linesOf = (sender: { name: string; lines: string[]; postcode: string; town: string }): string =>
  [sender.name, ...sender.lines, `${sender.postcode} ${sender.town}`].join('\n');

/** Before the deposit, who takes the paper along; after it, who declared what. */
const whoAndWhen = async (
  ctx: Ctx,
  lot: LotRow,
  language: Language,
): Promise<{ label: string; value: string }[]> => {
  const say = (key: string) => ctx.house.words.say(language, `lots.slip.${key}`);
  const isDeposited = lot.deposited_at !== null;
  const by = isDeposited ? (lot.deposited_by ?? '') : ctx.actor.kind === 'agent' ? ctx.actor.id : '';
  const names = await ctx.house.namesOfAgents(ctx.db, [by]);
  const at = lot.deposited_at ?? ctx.now.toISOString();
  return [
    { label: say(isDeposited ? 'depositedAt' : 'preparedAt'), value: momentInWords(language, at) },
    { label: say(isDeposited ? 'declaredBy' : 'preparedBy'), value: names.get(by) ?? say('outside') },
  ];
};
