import type { Ctx } from '../core/ctx.ts';
import { makeOneTime, makeTemporaryToSend, type MadeSecret } from '../credentials/one-time.service.ts';
import { groupForReading } from '../credentials/temporary-password.ts';
import { mayRepudiate } from '../members/contact-changes.service.ts';
import { lookForMemberFile } from '../members/members.service.ts';
import { portalAddressOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { AccountForMessage } from './gateways.ts';
import { lifetimeMinutesOf } from './message-lives.ts';
import { destinationOf } from './messages.service.ts';
import type { MessageRow } from './messages.store.ts';

/** What the words need of a secret, and what the audit says of it. */
export type SecretToSend = { kind: string; params: Record<string, string> };

// A notice may be read weeks later; the link in it only ever freezes an account.
const repudiationMinutes = 30 * 1_440;

/** Makes the secret that a message carries, in the transaction of the caller; it lives from now. */
export const makeSecretToSend = async (
  ctx: Ctx,
  policy: Policy,
  row: MessageRow,
  account: AccountForMessage,
): Promise<SecretToSend> => {
  const minutes = lifetimeMinutesOf(policy, row.template, row.channel);
  const to = { ...toOf(row), accountId: account.id, salt: account.salt };
  const purpose = row.purpose ?? 'recovery';
  if (row.template === 'temporary-password') {
    const { secret } = await makeTemporaryToSend(ctx, to, minutes);
    return { kind: 'temporary', params: { password: groupForReading(secret.expose()), ...lasting(minutes) } };
  }
  if (row.template === 'code' || row.template === 'caller-code') {
    const what = { kind: 'code', purpose, lifetimeMinutes: minutes, digits: policy.code.digits } as const;
    const { secret } = await makeOneTime(ctx, to, what);
    return { kind: 'code', params: { code: secret.expose(), ...lasting(minutes) } };
  }
  const made = await makeOneTime(ctx, to, { kind: 'link', purpose, lifetimeMinutes: minutes });
  return { kind: 'link', params: { link: linkTo(ctx, policy, 'lien', made), ...lasting(minutes) } };
};

/** Whether a notice carries a « Ce n'était pas moi » link: by e-mail, and not to an address that came just now. */
export const carriesNotMe = async (ctx: Ctx, row: MessageRow): Promise<boolean> => {
  if (row.channel !== 'email') return false;
  const member = await lookForMemberFile(ctx, row.member_id);
  return member !== undefined && mayRepudiate(ctx, member, 'email', destinationOf(ctx, row));
};

/** The « Ce n'était pas moi » link of a notice by e-mail. */
export const makeNotMe = async (
  ctx: Ctx,
  policy: Policy,
  row: MessageRow,
  accountId: string,
): Promise<SecretToSend> => {
  const made = await makeOneTime(
    ctx,
    { ...toOf(row), accountId },
    { kind: 'repudiation', purpose: 'repudiation', lifetimeMinutes: repudiationMinutes },
  );
  return { kind: 'repudiation', params: { notMe: linkTo(ctx, policy, 'pas-moi', made) } };
};

const toOf = (row: MessageRow) => ({
  organisationId: row.organisation_id,
  messageId: row.id,
  recoveryId: row.recovery_id,
  channel: row.channel,
});

// Behind the #, so that it reaches no server, log or Referer; only the page's own POST carries it.
const linkTo = ({ house }: Ctx, policy: Policy, page: string, { secret }: MadeSecret): string =>
  `${portalAddressOf(house, policy)}/#/${page}/${secret.expose()}`;

const lasting = (minutes: number) => ({ minutes: String(minutes) });
