import { Box } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import type { Approval } from '../../../server/approvals/approvals.schema.ts';
import { ApprovalActs } from '../approvals/ApprovalActs.tsx';
import { Answer } from '../approvals/ApprovalList.tsx';
import { ApprovalStateChip } from '../approvals/ApprovalStateChip.tsx';
import { formatMoment } from '../shared/dates.ts';
import { Panel } from '../shared/Page.tsx';

type Props = { approvals: Approval[]; onReload: () => void };

/** Requests to a second person about this member, those that wait first; each answered where it is read. */
export const ApprovalsPanel = ({ approvals, onReload }: Props) => {
  const translate = useTranslate();
  if (approvals.length === 0) return null;
  return (
    <Panel title={translate('approvals.panel')}>
      <Box
        component="ul"
        aria-live="polite"
        sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25 }}
      >
        {approvals.map((approval) => (
          <Line key={approval.id} approval={approval} onReload={onReload} />
        ))}
      </Box>
    </Panel>
  );
};

const Line = ({ approval, onReload }: { approval: Approval; onReload: () => void }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const at = (moment: string) => formatMoment(moment, locale, translate);
  const { state, what, detail, reasons, note, askedByName, askedAt, expiresAt } = approval;
  const { decidedAt, decidedByName } = approval;
  const facts = [
    reasons.join(', '),
    translate('approvals.asked', { moment: at(askedAt), name: askedByName ?? '—' }),
    ...(state === 'waiting' ? [translate('approvals.until', { moment: at(expiresAt) })] : []),
    ...(decidedAt && decidedByName
      ? [translate('approvals.decided', { moment: at(decidedAt), name: decidedByName })]
      : []),
  ];
  return (
    <Box component="li" sx={{ display: 'grid', gap: 0.25 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1 }}>
        <ApprovalStateChip state={state} />
        <b>{what}</b>
        {detail && <span>{detail}</span>}
      </Box>
      <Answer approval={approval} />
      {note && <Box sx={{ overflowWrap: 'anywhere' }}>« {note} »</Box>}
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{facts.join(' · ')}</Box>
      <ApprovalActs approval={approval} onDone={onReload} />
    </Box>
  );
};
