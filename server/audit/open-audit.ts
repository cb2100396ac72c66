import { join } from 'node:path';
import type { House } from '../core/ctx.ts';
import { hmacUnder } from '../core/hmac.ts';
import type { Keys } from '../core/crypto.ts';
import { appendAudit, makeLookBook } from './audit.service.ts';
import { record } from './record.ts';
import { makeSecondSink } from './second-sink.ts';
import { makeVerificationDesk } from './verification-desk.ts';
import { newWatch } from './watch.service.ts';

type Audit = Pick<
  House,
  | 'appendAudit'
  | 'appendLooks'
  | 'chainCommitted'
  | 'headsWaiting'
  | 'headsFile'
  | 'closeSecondSink'
  | 'auditWatch'
  | 'auditRetentionMonths'
  | 'verifications'
  | 'recordRefusal'
>;

/** Everything the audit keeps for a process's life: the chain, its second sink, the watch over both. */
export const openAudit = (
  env: { dataDirectory: string; auditSink: string; auditRetentionMonths: number },
  keys: Keys,
  getHouse: () => House,
): Audit => {
  const headsFile = join(env.dataDirectory, 'audit-heads.jsonl');
  const sink = makeSecondSink(env.auditSink, headsFile, hmacUnder(keys.derive('audit-sink')));
  return {
    appendAudit: appendAudit(keys),
    appendLooks: makeLookBook(getHouse),
    chainCommitted: sink.write,
    headsWaiting: [],
    headsFile,
    closeSecondSink: sink.close,
    auditWatch: newWatch(),
    auditRetentionMonths: env.auditRetentionMonths,
    verifications: makeVerificationDesk(getHouse),
    recordRefusal: (ctx, data, about) =>
      record(ctx, { type: 'request.refused', result: 'refused', ...about, data }),
  };
};
