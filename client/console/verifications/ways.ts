import type { CallerVerification } from '../../../server/verifications/verifications.schema.ts';

type Closed = { way: 'facts' | 'sms' | 'email' | 'mobile' | 'landline' | 'document'; why: string };

/** The ways that cannot be gone, each with its reason. */
export const closedWays = ({ facts, codes, callBacks, document }: CallerVerification): Closed[] => {
  const all = [
    { way: 'facts' as const, ...facts },
    ...codes.map((code) => ({ way: code.channel, ...code })),
    ...callBacks.map((callBack) => ({ way: callBack.kind, ...callBack })),
    { way: 'document' as const, ...document },
  ];
  return all.flatMap(({ way, state, why }) =>
    (state === 'failed' || state === 'unavailable') && why ? [{ way, why }] : [],
  );
};

/** Whether whoever speaks may still prove something in this call. */
export const hasOpenWay = ({ facts, codes, callBacks, document }: CallerVerification): boolean =>
  [facts, ...codes, ...callBacks, document].some(({ state }) => state === 'open' || state === 'sent');
