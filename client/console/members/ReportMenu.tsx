import Flag from '@mui/icons-material/FlagOutlined';
import { Box, Button, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { useMay } from '../shared/useMe.ts';
import type { Done } from './OutcomePanel.tsx';
import { ReportDialog, type Report } from './ReportDialog.tsx';

type Props = { member: MemberPage; onDone: (done: Done) => void; onReload: () => void };

/** What an agent reports: rare, so one quiet menu; each line that is closed says why. */
export const ReportMenu = ({ member, onDone, onReload }: Props) => {
  const translate = useTranslate();
  const mayFlag = useMay('account.flag');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [reported, setReported] = useState<Report | null>(null);
  const { can, headline } = member;
  if (!mayFlag || headline.state === 'no-account') return null;

  const verdicts = {
    suspicion: can.reportSuspicion,
    death: can.reportDeath,
    ...(headline.state === 'disabled' && { 'disputed-closure': can.disputeClosure }),
  };
  return (
    <>
      <Button
        size="small"
        startIcon={<Flag />}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {translate('members.report.button')}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {Object.entries(verdicts).map(([report, { allowed, why }]) => (
          <MenuItem
            key={report}
            disabled={!allowed}
            onClick={() => {
              setAnchor(null);
              setReported(report as Report);
            }}
            sx={{ display: 'block', maxWidth: 380, whiteSpace: 'normal', '&.Mui-disabled': { opacity: 1 } }}
          >
            <Box sx={{ color: allowed ? 'var(--ink)' : 'var(--ink-soft)' }}>
              {translate(`members.report.${report}.label`)}
            </Box>
            {!allowed && <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{why}</Box>}
          </MenuItem>
        ))}
      </Menu>
      {reported && (
        <ReportDialog
          member={member}
          report={reported}
          onClose={() => setReported(null)}
          onDone={(done) => {
            setReported(null);
            onDone(done);
          }}
          onReload={() => {
            setReported(null);
            onReload();
          }}
        />
      )}
    </>
  );
};
