import { Box } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useLocale, useTranslate } from 'react-admin';
import type { Outcome } from '../../../server/accounts/accounts.schema.ts';
import type { Approval } from '../../../server/approvals/approvals.schema.ts';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { formatDay, formatMoment } from '../shared/dates.ts';
import { NoteField, type Written } from '../shared/NoteField.tsx';
import { ReasonChoice } from '../shared/ReasonChoice.tsx';
import { useAct } from '../shared/useAct.ts';
import { useCall } from '../shared/useCall.ts';
import { correctionFrom, nothingTyped, type TypedCorrection } from './correction.ts';
import { CorrectionFields } from './CorrectionFields.tsx';
import type { Done } from './OutcomePanel.tsx';

type Props = { member: MemberPage; onDone: (done: Done) => void; onClose: () => void; onReload: () => void };

/** Corrects contacts and address, or asks a second person to; says why not, or what comes first, where it cannot. */
export const CorrectionDialog = ({ member, onDone, ...dialog }: Props) => {
  const translate = useTranslate();
  const call = useCall();
  const { contacts: verdict } = member.can;
  const isWaiting = member.approvals.some(({ act, state }) => act === 'contacts' && state === 'waiting');
  const asks = verdict.state === 'approval';
  const isPossible = verdict.allowed || (asks && !isWaiting);

  const reasons = member.reasons.correct;
  const [typed, setTyped] = useState<TypedCorrection>(nothingTyped);
  const [written, setWritten] = useState<Written>({ text: '', confirmed: false });
  const [chosen, setChosen] = useState('');
  const reason = chosen || (reasons.find(({ id }) => id === call?.reason)?.id ?? '');
  const body = correctionFrom(typed);
  const correct = useCorrecting(member, asks, onDone);
  const note = written.text.trim();
  return (
    <ActionDialog
      {...dialog}
      title={translate(asks ? 'corrections.ask.title' : 'corrections.title')}
      confirm={translate(asks ? 'approvals.ask.confirm' : 'corrections.confirm')}
      canConfirm={isPossible && reason !== '' && body !== undefined}
      isPending={correct.isPending}
      error={correct.error}
      onConfirm={() =>
        correct.mutate({ ...body, reason, ...(asks && note && { note }), version: member.version })
      }
    >
      {isPossible ? (
        <>
          <WhatHappens>
            <What member={member} asks={asks} />
          </WhatHappens>
          <CorrectionFields
            member={member}
            typed={typed}
            onChange={setTyped}
            error={correct.error}
            disabled={correct.isPending}
          />
          <ReasonChoice reasons={reasons} value={reason} onChange={setChosen} disabled={correct.isPending} />
          {asks && (
            <NoteField
              label={translate('approvals.ask.note')}
              written={written}
              onChange={setWritten}
              error={null}
              disabled={correct.isPending}
            />
          )}
          <Box sx={{ mt: 1, minHeight: 20, fontSize: 13, color: 'var(--ink-soft)' }}>
            {body === undefined
              ? translate('corrections.nothing')
              : reason === '' && translate('act.chooseReason')}
          </Box>
        </>
      ) : (
        <WhyNot verdict={verdict} isWaiting={asks} />
      )}
    </ActionDialog>
  );
};

type Input = NonNullable<ReturnType<typeof correctionFrom>> & {
  reason: string;
  note?: string;
  version: number;
};

/** Both ways end in the same panel: what was done, or that it was asked for, and what to say. */
const useCorrecting = (member: MemberPage, asks: boolean, onDone: Props['onDone']) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  return useAct(async (input: Input, key): Promise<Done> => {
    if (!asks) return dataProvider.act<Outcome>('members', member.id, 'corrections', input, key);
    const request = { act: 'contacts', ...input };
    const { expiresAt } = await dataProvider.act<Approval>('members', member.id, 'approvals', request, key);
    return {
      message: translate('approvals.ask.done', { moment: formatMoment(expiresAt, locale, translate) }),
      toSay: translate('approvals.ask.toSay'),
      letter: null,
    };
  }, onDone);
};

const What = ({ member, asks }: { member: MemberPage; asks: boolean }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const day = formatDay(member.correctionWaitsUntil, locale);
  return (
    <>
      {asks && (
        <>
          {translate('approvals.ask.what')}
          <Box sx={{ mt: 1, fontWeight: 700 }}>{translate('approvals.ask.why')}</Box>
          <Box component="ul" sx={{ m: 0, mb: 1, pl: 2.5 }}>
            {member.can.contacts.reasons.map((why) => (
              <li key={why}>{why}</li>
            ))}
          </Box>
        </>
      )}
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        <li>{translate('corrections.what.told')}</li>
        <li>{translate('corrections.what.waits', { day })}</li>
        <li>{translate('corrections.what.file')}</li>
      </Box>
    </>
  );
};

const WhyNot = ({ verdict, isWaiting }: { verdict: MemberPage['can']['contacts']; isWaiting: boolean }) => {
  const translate = useTranslate();
  if (isWaiting) return translate('corrections.waits');
  return (
    <>
      <Box>{verdict.why}</Box>
      {verdict.instead && <Box sx={{ mt: 0.5, color: 'var(--ink-soft)' }}>{verdict.instead}</Box>}
    </>
  );
};
