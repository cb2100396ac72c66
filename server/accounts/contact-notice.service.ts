import type { Ctx } from '../core/ctx.ts';
import type { CorrectedField } from '../members/desk-corrections.service.ts';
import { languageOf, type MemberFile } from '../members/members.service.ts';
import { tellMember, type Notice } from '../messages/notices.service.ts';

/**
 * Tells a member that contacts or the address changed, on those that did not and on the former ones; never on what
 * came in their place.
 *
 * @param member as on file before the change.
 */
export const tellOfCorrection = (
  ctx: Ctx,
  member: MemberFile,
  fields: readonly CorrectedField[],
  about: Pick<Notice, 'accountId' | 'callId' | 'askedBy'>,
): Promise<void> => {
  const language = languageOf(member);
  const what = fields.map((field) => ctx.house.words.say(language, `space.contactKinds.${field}`));
  const isChanged = ({ kind }: MemberFile['contacts'][number]) => fields.includes(kind);
  return tellMember(
    ctx,
    { ...member, contacts: member.contacts.filter((contact) => !isChanged(contact)) },
    {
      ...about,
      template: 'notice-contact-changed',
      params: { what: what.join(', ') },
      former: member.contacts
        .filter(isChanged)
        .flatMap(({ kind, value }) => (kind === 'email' || kind === 'mobile' ? [{ kind, value }] : [])),
    },
  );
};
