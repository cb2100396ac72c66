import type { FigureUnit } from './figures.schema.ts';

/** What was counted in a stretch of days, with what it cost by the prices of each day. */
export type Counted = {
  n: (measure: string) => number;
  sum: (measure: string) => number;
  posted: number;
  /** Euros; null where a product has no price. */
  postCost: number | null;
  unblockCost: number;
  /** Accounts that were open at its end; null where nobody counted them. */
  accounts: number | null;
};

export type Measure = {
  id: string;
  unit: FigureUnit;
  isPerOrganisation?: true;
  of: (counted: Counted) => number | null;
};

/** Every figure of the desk, in the order of the page. Words: `figures.measures.<id>`. */
export const measureGroups: { id: string; measures: Measure[] }[] = [
  {
    id: 'access',
    measures: [
      { id: 'locks', unit: 'count', isPerOrganisation: true, of: ({ n }) => n('locks') },
      {
        id: 'locks-per-thousand',
        unit: 'rate',
        isPerOrganisation: true,
        of: ({ n, accounts }) => ratio(n('locks') * 1_000, accounts ?? 0),
      },
      { id: 'unblocks', unit: 'count', of: ({ n }) => n('unblocks') },
      {
        id: 'unblocks-together',
        unit: 'count',
        isPerOrganisation: true,
        of: ({ n }) => n('unblocks.together'),
      },
      {
        id: 'cost-per-unblock',
        unit: 'euros',
        of: ({ n, unblockCost }) => ratio(unblockCost, n('unblock.calls')),
      },
    ],
  },
  {
    id: 'acts',
    measures: (['telephone', 'email', 'post', 'branch', 'back-office'] as const).map((channel) => ({
      id: `acts-${channel}`,
      unit: 'count',
      of: ({ n }) => n(`acts.${channel}`),
    })),
  },
  {
    id: 'calls',
    measures: [
      { id: 'calls', unit: 'count', of: ({ n }) => n('calls') },
      { id: 'handling', unit: 'minutes', of: ({ n, sum }) => ratio(sum('calls') / 60, n('calls')) },
      {
        id: 'settled-without-letter',
        unit: 'share',
        of: ({ n }) => ratio(n('calls.settled'), n('calls.settled') + n('calls.letter')),
      },
      {
        id: 'first-contact',
        unit: 'share',
        of: ({ n }) => ratio(n('calls.first') - n('calls.first-again'), n('calls.first')),
      },
      { id: 'repeated', unit: 'count', of: ({ n }) => n('calls.repeated') },
      { id: 'repeated-share', unit: 'share', of: ({ n }) => ratio(n('calls.repeated'), n('calls')) },
    ],
  },
  {
    id: 'proofs',
    measures: [
      { id: 'proofs', unit: 'count', of: ({ n }) => n('proofs.asked') },
      { id: 'proofs-failed', unit: 'count', of: ({ n }) => n('proofs.failed') },
      {
        id: 'proofs-failed-share',
        unit: 'share',
        of: ({ n }) => ratio(n('proofs.failed'), n('proofs.asked')),
      },
    ],
  },
  {
    id: 'letters',
    measures: [
      { id: 'letters-asked', unit: 'count', of: ({ n }) => n('letters.asked') },
      { id: 'letters-posted', unit: 'count', of: ({ posted }) => posted },
      {
        id: 'letters-returned',
        unit: 'count',
        isPerOrganisation: true,
        of: ({ n }) => n('letters.returned'),
      },
      { id: 'promises-kept', unit: 'count', of: ({ n }) => n('promises.kept') },
      { id: 'promises-missed', unit: 'count', of: ({ n }) => n('promises.missed') },
      {
        id: 'promises-share',
        unit: 'share',
        of: ({ n }) => ratio(n('promises.kept'), n('promises.kept') + n('promises.missed')),
      },
      { id: 'post-cost', unit: 'euros', of: ({ postCost }) => postCost },
    ],
  },
  {
    id: 'messages',
    measures: [
      { id: 'sms', unit: 'count', of: ({ n }) => n('messages.sms') },
      { id: 'emails', unit: 'count', of: ({ n }) => n('messages.email') },
    ],
  },
];

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
