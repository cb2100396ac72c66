import type { MessageChannel } from '../core/vocabulary.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { MessageTemplate } from './messages.schema.ts';

// Where the organisation's file has no such channel: the shorter of what DOMAIN allows ("Secrets").
const otherwise = { link: 60, sms: 10, email: 60 } as const;

/** How long what a message carries lives, in minutes from its sending. */
export const lifetimeMinutesOf = (
  policy: Policy,
  template: MessageTemplate,
  channel: MessageChannel,
): number => {
  if (template === 'code' || template === 'caller-code') return policy.code.lifetimeMinutes;
  const kind = template === 'reset-link' ? 'email-link' : (`${channel}-temporary` as const);
  const found = policy.channels.find((one) => one.kind === kind);
  if (found && 'lifetimeMinutes' in found) return found.lifetimeMinutes;
  return template === 'reset-link' ? otherwise.link : otherwise[channel];
};

/** After so many minutes nobody waits for it any more: it is not sent (YARDSTICK F45). */
export const tooLateAfterMinutes = (
  policy: Policy,
  template: MessageTemplate,
  channel: MessageChannel,
): number => Math.min(120, lifetimeMinutesOf(policy, template, channel));
