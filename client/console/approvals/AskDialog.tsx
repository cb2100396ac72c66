import { Box } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useLocale, useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { Approval } from '../../../server/approvals/approvals.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import type { Done } from '../members/OutcomePanel.tsx';
import { useLetterToCancel } from '../members/useLetterToCancel.tsx';
import { useProduct } from '../members/useProduct.tsx';
import { formatMoment } from '../shared/dates.ts';
import { NoteField, type Written } from '../shared/NoteField.tsx';
import { ReasonDialog } from '../shared/ReasonDialog.tsx';

type Props = {
  member: MemberPage;
  act: 'unblock' | 'sms' | 'email' | 'letter';
  onDone: (done: Done) => void;
  onClose: () => void;
  onReload: () => void;
};

const listOf = { unblock: 'unblock', sms: 'message', email: 'message', letter: 'letter' } as const;

/** Asks a second person for an act, with the reasons why it needs one; the caller need not wait. */
export const AskDialog = ({ member, act, onDone, ...dialog }: Props) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const letter = useLetterToCancel(member);
  const by = useProduct(act === 'letter' ? member.letterPreview : null);
  const [written, setWritten] = useState<Written>({ text: '', confirmed: false });
  const note = written.text.trim();
  const ask = (reason: string, key: string) => {
    const cancelled = act === 'unblock' ? {} : letter.idFor(reason);
    const input = { act, reason, ...cancelled, ...by.asked, ...(note && { note }), version: member.version };
    return dataProvider.act<Approval>('members', member.id, 'approvals', input, key);
  };
  return (
    <ReasonDialog<Approval>
      {...dialog}
      title={translate(`approvals.ask.title.${act}`)}
      confirm={translate('approvals.ask.confirm')}
      what={
        <>
          {translate('approvals.ask.what')}
          <Box sx={{ mt: 1, fontWeight: 700 }}>{translate('approvals.ask.why')}</Box>
          <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
            {member.can[act].reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </Box>
        </>
      }
      reasons={member.reasons[listOf[act]]}
      chosen={[letter.chosen, by.asked, note]}
      more={(reason, disabled) => (
        <>
          {by.field(disabled)}
          {act !== 'unblock' && letter.field(reason, disabled)}
          <NoteField
            label={translate('approvals.ask.note')}
            written={written}
            onChange={setWritten}
            error={null}
            disabled={disabled}
          />
        </>
      )}
      run={ask}
      onDone={({ expiresAt }) =>
        onDone({
          message: translate('approvals.ask.done', { moment: formatMoment(expiresAt, locale, translate) }),
          toSay: translate('approvals.ask.toSay'),
          letter: null,
        })
      }
    />
  );
};
