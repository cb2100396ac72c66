import type { RecoveryStep } from '../../../server/portal/portal.schema.ts';

const drawings: Record<RecoveryStep['channels'][number]['kind'], string> = {
  email: 'M3 6h18v12H3zM3 7l9 6 9-6',
  sms: 'M7 2h10v20H7zM11 18.5h2',
  letter: 'M4 3h11l5 5v13H4zM14.5 3v5.5H20M8 13h8M8 17h5',
};

/** A picture beside the words, never instead of them. */
export const ChannelIcon = ({ kind }: { kind: keyof typeof drawings }) => (
  <svg className="channel-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={drawings[kind]} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />
  </svg>
);
