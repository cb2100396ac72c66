import GppMaybe from '@mui/icons-material/GppMaybe';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { Moment } from '../shared/PromiseDate.tsx';
import { useMay } from '../shared/useMe.ts';
import type { Done } from './OutcomePanel.tsx';
import { UnfreezeDialog } from './UnfreezeDialog.tsx';

type Props = {
  member: MemberPage;
  suspicion: NonNullable<MemberPage['suspicion']>;
  onDone: (done: Done) => void;
  onReload: () => void;
};

/** Somebody may be passing for the member: in sight of every agent until it ends, or a supervisor lifts it. */
export const SuspicionBand = ({ member, suspicion: { since, until }, onDone, onReload }: Props) => {
  const translate = useTranslate();
  const mayLift = useMay('account.unfreeze') && member.can.unfreeze.allowed;
  const [lifting, setLifting] = useState(false);
  return (
    <Box
      component="section"
      aria-label={translate('members.suspicion.title')}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.5,
        px: 2,
        py: 1,
        borderRadius: 1.5,
        color: 'var(--danger-ink)',
        backgroundColor: 'var(--danger-soft)',
        border: '1px solid var(--danger-ink)',
      }}
    >
      <GppMaybe aria-hidden />
      <Box sx={{ flex: 1 }}>
        <b>{translate('members.suspicion.title')}</b> · {translate('members.suspicion.since')}{' '}
        <Moment at={since} /> · {translate('members.suspicion.until')} <Moment at={until} />.{' '}
        {translate('members.suspicion.what')}
      </Box>
      {mayLift && (
        <Button size="small" variant="outlined" color="inherit" onClick={() => setLifting(true)}>
          {translate('members.suspicion.lift.confirm')}
        </Button>
      )}
      {lifting && (
        <UnfreezeDialog
          member={member}
          onClose={() => setLifting(false)}
          onDone={(done) => {
            setLifting(false);
            onDone(done);
          }}
          onReload={() => {
            setLifting(false);
            onReload();
          }}
        />
      )}
    </Box>
  );
};
