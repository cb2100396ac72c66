import { Box, Button } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { CallerVerification, Verified } from '../../../server/verifications/verifications.schema.ts';
import { WhoSpeaks } from '../members/WhoSpeaks.tsx';
import { Panel } from '../shared/Page.tsx';
import { useCall } from '../shared/useCall.ts';
import { useMay } from '../shared/useMe.ts';
import { VerificationPanel } from './VerificationPanel.tsx';

const settlingMs = 1_500;

type Props = {
  member: MemberPage;
  verification: CallerVerification;
  /** How often an act sent the agent here: each time the first thing to press or to type takes the focus. */
  asked: number;
  onStepped: (verified: Verified) => void;
  onReload: () => void;
};

/** Who speaks, then what they can prove. */
export const CallerSection = ({ member, verification, asked, onStepped, onReload }: Props) => {
  const section = useRef<HTMLDivElement>(null);
  const focusFirst = () =>
    section.current?.querySelector<HTMLElement>('button:enabled, input:enabled')?.focus();
  useEffect(() => {
    if (asked > 0) focusFirst();
  }, [asked]);
  const { caller } = verification;
  const before = useRef(caller);
  useEffect(() => {
    // What was pressed to say who speaks is gone: the first thing to prove comes next.
    const isLost = document.activeElement === document.body;
    if (before.current !== 'entitled' && caller === 'entitled' && isLost) focusFirst();
    before.current = caller;
  }, [caller]);
  return (
    <Box ref={section} sx={{ display: 'grid', gap: 1.5, '&:empty': { display: 'none' } }}>
      <WhoSpeaks memberId={member.id} isEntitled={caller === 'entitled'} />
      <OtherCall verification={verification} onReload={onReload} />
      <WhatTheyProve
        member={member}
        verification={verification}
        asked={asked}
        onStepped={onStepped}
        onReload={onReload}
      />
    </Box>
  );
};

/** A call that was opened by hand, or none any more: the page belongs to a call once it is read again. */
const OtherCall = ({ verification, onReload }: Pick<Props, 'verification' | 'onReload'>) => {
  const translate = useTranslate();
  const call = useCall();
  const isElsewhere =
    verification.caller === 'unsaid' &&
    (call === null || (call?.memberId === null && call.caller !== 'unsaid'));
  // A page that has just been read is ahead of its call for a moment.
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    if (!isElsewhere) return;
    const settling = setTimeout(() => setSettled(true), settlingMs);
    return () => {
      clearTimeout(settling);
      setSettled(false);
    };
  }, [isElsewhere]);
  if (!isElsewhere || !isSettled) return null;
  return (
    <Box role="note" sx={{ px: 2, py: 1, borderRadius: 1.5, backgroundColor: 'var(--fresh-soft)' }}>
      {translate('verify.otherCall')}{' '}
      <Button size="small" onClick={onReload}>
        {translate('act.reload')}
      </Button>
    </Box>
  );
};

const WhatTheyProve = ({ member, verification, ...panel }: Props) => {
  const translate = useTranslate();
  const mayVerify = useMay('member.verify');
  const { contacts } = member.can;
  if (!mayVerify || verification.caller === 'unsaid' || contacts.rule === 'no-account') return null;
  if (verification.caller === 'not-entitled') {
    return (
      <Panel title={translate('verify.notEntitled.title')}>{translate('verify.notEntitled.what')}</Panel>
    );
  }
  // Nobody verifies a caller for their own account, or for that of their kin.
  if (contacts.rule === 'own-account' || contacts.rule === 'relative-account') {
    return (
      <Panel title={translate('verify.title')}>
        {contacts.why} {contacts.instead}
      </Panel>
    );
  }
  return <VerificationPanel memberId={member.id} verification={verification} {...panel} />;
};
