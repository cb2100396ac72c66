import type { House } from '../core/ctx.ts';
import type { MessageChannel } from '../core/vocabulary.ts';
import type { Language } from '../core/words.ts';
import type { MemberFile } from '../members/members.service.ts';
import { maskEmail, maskPhone } from '../members/phone.ts';
import { lifetimeMinutesOf } from '../messages/message-lives.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { MessagePreview } from './accounts.schema.ts';
import { deskMessageOf } from './desk-messages.ts';

/** What the desk would send by this channel: shown before it is sent. Null without the channel or the contact. */
export const messagePreviewOf = (
  { house, language }: { house: Pick<House, 'words'>; language: Language },
  policy: Policy,
  { contacts }: Pick<MemberFile, 'contacts'>,
  channel: MessageChannel,
): MessagePreview | null => {
  const template = deskMessageOf(policy, channel);
  const contact = contacts.find(({ kind }) => kind === contactOf[channel]);
  if (!template || !contact) return null;
  return {
    masked: channel === 'email' ? maskEmail(contact.value) : maskPhone(contact.value),
    what: house.words.say(language, `messages.what.${template}`),
    minutes: lifetimeMinutesOf(policy, template, channel),
  };
};

/** The contact that a channel leads to. */
export const contactOf = { email: 'email', sms: 'mobile' } as const satisfies Record<MessageChannel, string>;
