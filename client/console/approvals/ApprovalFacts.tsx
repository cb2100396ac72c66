import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Approval } from '../../../server/approvals/approvals.schema.ts';
import { Fact, Facts } from '../shared/Facts.tsx';
import { Moment } from '../shared/PromiseDate.tsx';

/** What a second person decides on: what, why, by whom, with what proof. */
export const ApprovalFacts = ({ approval }: { approval: Approval }) => {
  const translate = useTranslate();
  const { detail, reasons, levelInWords, note, askedByName, askedAt } = approval;
  return (
    <Facts>
      {detail && <Fact name={translate('approvals.facts.detail')}>{detail}</Fact>}
      <Fact name={translate('approvals.facts.reasons')}>
        {reasons.map((reason) => (
          <Box key={reason}>{reason}</Box>
        ))}
      </Fact>
      <Fact name={translate('approvals.facts.level')}>{levelInWords}</Fact>
      <Fact name={translate('approvals.facts.asked')}>
        {askedByName ?? '—'}, <Moment at={askedAt} />
      </Fact>
      {note && <Fact name={translate('approvals.facts.note')}>{note}</Fact>}
    </Facts>
  );
};
