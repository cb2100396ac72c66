import type { Ctx } from '../core/ctx.ts';
import { dayInWords } from '../core/days.ts';
import type { LetterRow } from '../letters/letters.store.ts';
import { languageOf, type MemberFile } from '../members/members.service.ts';
import { tellMember } from '../messages/notices.service.ts';

/** Tells the member that a letter was asked for, when it leaves and until when to wait for it. */
export const tellOfLetter = async (ctx: Ctx, member: MemberFile, letter: LetterRow): Promise<void> => {
  const language = languageOf(member);
  await tellMember(ctx, member, {
    template: 'notice-letter',
    accountId: letter.account_id,
    callId: letter.call_id,
    askedBy: letter.asked_by,
    params: {
      posting: dayInWords(language, letter.planned_posting_on),
      announced: dayInWords(language, letter.announced_on),
    },
  });
};
