import { Box, Button } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import type { CallerVerification, Verified } from '../../../server/verifications/verifications.schema.ts';
import { ErrorText, isConflict } from '../shared/ErrorText.tsx';
import { Panel } from '../shared/Page.tsx';
import { CallBackWay } from './CallBackWay.tsx';
import { ClosedWays } from './ClosedWays.tsx';
import { CodeWay } from './CodeWay.tsx';
import { DocumentWay } from './DocumentWay.tsx';
import { LevelChip } from './LevelChip.tsx';
import { QuestionWay } from './QuestionWay.tsx';
import { Told } from './Told.tsx';
import { useVerify } from './useVerify.ts';
import { hasOpenWay } from './ways.ts';

type Props = {
  memberId: string;
  verification: CallerVerification;
  /** How often an act asked for more than was proved: unfolded until something more is. */
  asked: number;
  onStepped: (verified: Verified) => void;
  onReload: () => void;
};

/** Proving who speaks, the quickest way first; folded once a contact is confirmed. */
export const VerificationPanel = ({ memberId, verification, asked, onStepped, onReload }: Props) => {
  const translate = useTranslate();
  const [isUnfolded, setUnfolded] = useState(false);
  const [answered, setAnswered] = useState(0);
  const [told, setTold] = useState<Verified | null>(null);
  const toldRef = useFocusKept(verification, told);
  const verify = useVerify(memberId, (verified) => {
    setTold(verified);
    if (verified.outcome === 'right') {
      setUnfolded(false);
      setAnswered(asked);
    }
    onStepped(verified);
  });
  const stepping = { step: verify.mutate, isPending: verify.isPending };
  const { level, levelInWords, facts, codes, callBacks, document } = verification;
  const isEnough = level === 'contact-confirmed' || level === 'strong';
  const isFolded = isEnough && !isUnfolded && asked === answered;
  return (
    <Panel
      title={translate('verify.title')}
      aside={
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
          {isFolded && (
            <Button size="small" onClick={() => setUnfolded(true)}>
              {translate('verify.more')}
            </Button>
          )}
          <LevelChip level={level} levelInWords={levelInWords} />
        </Box>
      }
    >
      <Box sx={{ '& > :not(:empty)': { mb: 1 } }}>
        <Told ref={toldRef} told={told} />
        <ErrorText error={verify.error}>
          {isConflict(verify.error) && (
            <Button size="small" color="inherit" onClick={onReload} sx={{ mt: 0.5, ml: -1 }}>
              {translate('act.reload')}
            </Button>
          )}
        </ErrorText>
      </Box>
      <Box sx={{ display: 'grid', gap: 1 }}>
        {!isFolded && (
          <>
            <DocumentWay document={document} {...stepping} />
            <CodeWay codes={codes} isJustSent={told?.outcome === 'sent'} {...stepping} />
            <QuestionWay facts={facts} {...stepping} />
            <CallBackWay memberId={memberId} callBacks={callBacks} {...stepping} />
            {!hasOpenWay(verification) && !isEnough && <b>{translate('verify.none')}</b>}
            <ClosedWays verification={verification} />
          </>
        )}
      </Box>
    </Panel>
  );
};

/** What had the focus may be gone with the step it was for: then what came of it takes it, so that Tab goes on there. */
const useFocusKept = (verification: CallerVerification, told: Verified | null) => {
  const toldRef = useRef<HTMLDivElement>(null);
  const isDue = useRef(false);
  useEffect(() => {
    isDue.current = told !== null;
  }, [told]);
  useEffect(() => {
    if (!isDue.current) return;
    isDue.current = false;
    if (document.activeElement === document.body) toldRef.current?.focus({ preventScroll: true });
  }, [verification]);
  return toldRef;
};
