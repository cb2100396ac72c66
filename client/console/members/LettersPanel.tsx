import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useLocale, useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { MemberProgress } from '../../../server/desk/progress.schema.ts';
import type { Letter } from '../../../server/letters/letters.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import type { Tone } from '../palette.ts';
import { formatDay, formatMoment } from '../shared/dates.ts';
import { Panel } from '../shared/Page.tsx';
import { ReasonDialog } from '../shared/ReasonDialog.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';
import { useMay } from '../shared/useMe.ts';
import type { Done } from './OutcomePanel.tsx';

const toneOf = (state: Letter['state']): Tone => {
  if (state === 'used') return 'open';
  if (['returned', 'refused'].includes(state)) return 'danger';
  if (['cancelled', 'superseded', 'expired', 'spoiled'].includes(state)) return 'disabled';
  return 'waiting';
};

type Props = {
  member: MemberPage;
  progress: MemberProgress | undefined;
  onDone: (done: Done) => void;
  onReload: () => void;
};

/** Letters, the latest first: where each one stands, and the day to announce. */
export const LettersPanel = ({ member, progress, onDone, onReload }: Props) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [cancelled, setCancelled] = useState<Letter | null>(null);
  const letters = progress?.letters ?? member.letters;
  return (
    <Panel title={translate('members.letters.title')}>
      {letters.length === 0 && translate('members.letters.none')}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25 }}>
        {letters.map((letter) => (
          <LetterLine key={letter.id} letter={letter} onCancel={() => setCancelled(letter)} />
        ))}
      </Box>
      {cancelled && (
        <ReasonDialog<Letter>
          title={translate('members.cancelLetter.title', { reference: cancelled.reference })}
          confirm={translate('members.cancelLetter.confirm')}
          cancel={translate('members.cancelLetter.back')}
          what={translate('members.cancelLetter.what')}
          reasons={member.reasons.cancel}
          run={(reason, key) =>
            dataProvider.act('letters', cancelled.id, 'cancel', { reason, version: cancelled.version }, key)
          }
          onDone={({ reference }) => {
            setCancelled(null);
            onDone({
              message: translate('members.cancelLetter.done', { reference }),
              toSay: null,
              letter: null,
            });
          }}
          onClose={() => setCancelled(null)}
          onReload={() => {
            setCancelled(null);
            onReload();
          }}
        />
      )}
    </Panel>
  );
};

const LetterLine = ({ letter, onCancel }: { letter: Letter; onCancel: () => void }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const mayCancel = useMay('letter.cancel') && ['requested', 'in-lot'].includes(letter.state);
  const isUnderWay = ['requested', 'in-lot', 'printing', 'printed', 'deposited'].includes(letter.state);
  const day = (value: string) => formatDay(value, locale, 'short');
  const facts = [
    translate('members.letters.asked', { moment: formatMoment(letter.askedAt, locale, translate) }),
    ...(isUnderWay && letter.state !== 'deposited'
      ? [translate('members.letters.planned', { day: day(letter.plannedPostingOn) })]
      : []),
    ...(isUnderWay
      ? [
          translate('members.letters.expected', {
            from: day(letter.earliestArrivalOn),
            to: day(letter.latestArrivalOn),
          }),
        ]
      : []),
    translate('members.letters.limit', { day: day(letter.limitOn) }),
  ];
  return (
    <Box
      component="li"
      sx={{ display: 'flex', gap: 2, alignItems: 'flex-start', justifyContent: 'space-between' }}
    >
      <Box>
        <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1 }}>
          <ToneChip tone={toneOf(letter.state)}>{translate(`letterState.${letter.state}`)}</ToneChip>
          <span>{translate('members.letters.reference', { reference: letter.reference })}</span>
          {isUnderWay && (
            <b>{translate('members.letters.announced', { day: formatDay(letter.announcedOn, locale) })}</b>
          )}
          {(letter.timeliness === 'late' || letter.timeliness === 'at-risk') && (
            <ToneChip tone={letter.timeliness === 'late' ? 'danger' : 'locked'}>
              {translate(`members.letters.${letter.timeliness}`)}
            </ToneChip>
          )}
        </Box>
        <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
          {facts.join(' · ')}
          {letter.problem && ` · ${letter.problem}`}
        </Box>
      </Box>
      {mayCancel && (
        <Button size="small" onClick={onCancel} sx={{ flexShrink: 0 }}>
          {translate('members.cancelLetter.button')}
        </Button>
      )}
    </Box>
  );
};
