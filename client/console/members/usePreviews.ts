import { useLocale, useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { formatDay } from '../shared/dates.ts';
import { useLifetime } from './useLifetime.ts';

/** One line for each channel: where it goes and how long it lives, or when it arrives. */
export const usePreviews = ({
  messagePreview,
  letterPreview,
}: MemberPage): Record<'sms' | 'email' | 'letter', string | undefined> => {
  const translate = useTranslate();
  const lifetime = useLifetime();
  const locale = useLocale() ?? 'fr';
  const tell = (preview: MemberPage['messagePreview']['sms']) =>
    preview
      ? translate('members.acts.tellsMessage', {
          masked: preview.masked,
          lifetime: lifetime(preview.minutes),
        })
      : undefined;
  return {
    sms: tell(messagePreview.sms),
    email: tell(messagePreview.email),
    letter: letterPreview
      ? translate('members.acts.tellsLetter', {
          town: letterPreview.to.at(-1) ?? '',
          day: formatDay(letterPreview.announcedOn, locale),
        })
      : undefined,
  };
};
