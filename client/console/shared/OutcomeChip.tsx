import { useTranslate } from 'react-admin';
import type { CallSummary } from '../../../server/desk/call-summary.schema.ts';
import type { Tone } from '../palette.ts';
import { ToneChip } from './StatusChip.tsx';

type Outcome = CallSummary['outcome'];

const tones: Record<Outcome, Tone> = {
  settled: 'open',
  'letter-on-its-way': 'waiting',
  'waiting-for-approval': 'waiting',
  'to-call-back': 'waiting',
  'not-verified': 'locked',
  suspicion: 'danger',
  refused: 'locked',
  'nothing-done': 'disabled',
};

/** What a call came to. */
export const OutcomeChip = ({ outcome }: { outcome: Outcome }) => {
  const translate = useTranslate();
  return <ToneChip tone={tones[outcome]}>{translate(`callOutcome.${outcome}`)}</ToneChip>;
};
