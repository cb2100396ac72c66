import { Box } from '@mui/material';
import { useDataProvider, useLocale, useTranslate } from 'react-admin';
import type { Outcome } from '../../../server/accounts/accounts.schema.ts';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { formatDay } from '../shared/dates.ts';
import { Fact, Facts } from '../shared/Facts.tsx';
import { PromiseDate } from '../shared/PromiseDate.tsx';
import { ReasonDialog } from '../shared/ReasonDialog.tsx';
import type { Done } from './OutcomePanel.tsx';
import { useProduct } from './useProduct.tsx';

type Props = {
  member: MemberPage;
  /** Zeroes the failures in the same act. */
  withUnblock: boolean;
  onDone: (done: Done) => void;
  onClose: () => void;
  onReload: () => void;
};

export const LetterDialog = ({ member, withUnblock, onDone, ...dialog }: Props) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const { letterPreview } = member;
  const by = useProduct(letterPreview);
  const send = (reason: string, key: string) =>
    dataProvider.act<Outcome>(
      'members',
      member.id,
      'temporary-passwords',
      {
        channel: 'letter',
        reason,
        ...(withUnblock && { unblock: true }),
        ...by.asked,
        version: member.version,
      },
      key,
    );
  return (
    <ReasonDialog<Outcome>
      {...dialog}
      title={translate(withUnblock ? 'members.acts.together.letter' : 'members.letter.title')}
      confirm={translate(withUnblock ? 'members.letter.confirmTogether' : 'members.letter.confirm')}
      what={
        <>
          {withUnblock && <Box>{translate('members.message.unblocks')}</Box>}
          <Box sx={{ mb: 1 }}>{translate('members.letter.what')}</Box>
          {letterPreview && by.offer && (
            <Preview preview={{ ...letterPreview, ...by.offer }} isUsual={by.isUsual} />
          )}
        </>
      }
      reasons={member.reasons.letter}
      chosen={by.asked}
      more={(_reason, disabled) => by.field(disabled)}
      run={send}
      onDone={onDone}
    />
  );
};

type PreviewProps = { preview: NonNullable<MemberPage['letterPreview']>; isUsual: boolean };

const Preview = ({ preview, isUsual }: PreviewProps) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  return (
    <>
      <Facts>
        <Fact name={translate('members.letter.to')}>
          {preview.to.map((line, index) => (
            <Box key={index}>{line}</Box>
          ))}
        </Fact>
        <Fact name={translate('members.letter.posted')}>
          <PromiseDate day={preview.plannedPostingOn} />
        </Fact>
        <Fact name={translate('members.letter.arrives')}>
          <b>
            <PromiseDate day={preview.announcedOn} />
          </b>
          {preview.earliestArrivalOn !== preview.announcedOn && (
            <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
              {translate('members.letter.arrivesFrom', { day: formatDay(preview.earliestArrivalOn, locale) })}
            </Box>
          )}
        </Fact>
        <Fact name={translate('members.letter.limit')}>
          <PromiseDate day={preview.limitOn} />
        </Fact>
      </Facts>
      {isUsual && preview.missesPromise && (
        <Box sx={{ mt: 1, color: 'var(--locked-ink)', fontWeight: 700 }}>
          {translate('members.letter.promiseBroken')}
        </Box>
      )}
    </>
  );
};
