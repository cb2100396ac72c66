import Calculate from '@mui/icons-material/CalculateOutlined';
import DeleteForever from '@mui/icons-material/DeleteForeverOutlined';
import MarkunreadMailbox from '@mui/icons-material/MarkunreadMailboxOutlined';
import PlayArrow from '@mui/icons-material/PlayArrow';
import Print from '@mui/icons-material/Print';
import type { SvgIconComponent } from '@mui/icons-material';
import { Box, Button } from '@mui/material';
import { useEffect, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useLocation, useNavigate } from 'react-router-dom';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import { Panel } from '../shared/Page.tsx';
import { CountDialog } from './CountDialog.tsx';
import { DepositDialog } from './DepositDialog.tsx';
import { KillDialog } from './KillDialog.tsx';
import { nextActOf, wayActs, type WayAct } from './nextAct.ts';
import { PrintDialog } from './PrintDialog.tsx';
import { ReleaseDialog } from './ReleaseDialog.tsx';

const icons: Record<WayAct, SvgIconComponent> = {
  release: PlayArrow,
  print: Print,
  count: Calculate,
  deposit: MarkunreadMailbox,
  kill: DeleteForever,
};

type Props = { lot: Lot; isBusy: boolean; onChanged: (lot: Lot) => void; onReload: () => void };

/** What the server allows now, large; below it the other acts, each with why not. */
export const LotActs = ({ lot, isBusy, onChanged, onReload }: Props) => {
  const translate = useTranslate();
  const [opened, setOpened] = useOpened(lot);
  const live = isBusy ? undefined : nextActOf(lot);
  const close = () => setOpened(null);
  const dialog = {
    lot,
    onClose: close,
    onDone: (changed: Lot) => {
      close();
      onChanged(changed);
    },
    onReload: () => {
      close();
      onReload();
    },
  };
  if (lot.state === 'deposited' || isBusy) return null;
  return (
    <Panel title={translate('lots.next.title')}>
      {live ? (
        <LiveAct act={live} onOpen={() => setOpened(live)} />
      ) : (
        <Box sx={{ fontSize: 17 }}>{translate('lots.next.none')}</Box>
      )}
      <Box
        component="dl"
        sx={{ m: 0, mt: 1.5, display: 'grid', gridTemplateColumns: '150px 1fr', rowGap: 0.5 }}
      >
        {wayActs
          .filter((act) => act !== live && act !== 'kill')
          .map((act) => (
            <OtherAct key={act} act={act} why={lot.can[act].why} />
          ))}
      </Box>
      {lot.can.kill.allowed && live !== 'kill' && (
        <Box sx={{ mt: 1.5 }}>
          <LiveAct act="kill" onOpen={() => setOpened('kill')} />
        </Box>
      )}
      {opened === 'release' && <ReleaseDialog {...dialog} />}
      {opened === 'kill' && <KillDialog {...dialog} />}
      {opened === 'print' && <PrintDialog {...dialog} />}
      {opened === 'count' && <CountDialog {...dialog} onStep={onChanged} />}
      {opened === 'deposit' && <DepositDialog {...dialog} />}
    </Panel>
  );
};

/** The act whose dialog is open; the list of lots opens one by its button, once. */
const useOpened = (lot: Lot) => {
  const { pathname, state } = useLocation() as { pathname: string; state: { act?: WayAct } | null };
  const navigate = useNavigate();
  const asked = state?.act;
  const opened = useState<WayAct | null>(asked && lot.can[asked].allowed ? asked : null);
  useEffect(() => {
    if (asked) void navigate(pathname, { replace: true, state: null });
  }, [asked, navigate, pathname]);
  return opened;
};

const LiveAct = ({ act, onOpen }: { act: WayAct; onOpen: () => void }) => {
  const translate = useTranslate();
  const Icon = icons[act];
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 2.5 }}>
      <Button
        variant="contained"
        size="large"
        startIcon={<Icon />}
        onClick={onOpen}
        sx={{ minHeight: 52, minWidth: 260, fontSize: 17, flexShrink: 0 }}
      >
        {translate(`lots.${act}.button`)}
      </Button>
      <Box>{translate(`lots.${act}.lead`)}</Box>
    </Box>
  );
};

const OtherAct = ({ act, why }: { act: WayAct; why: string | null }) => {
  const translate = useTranslate();
  return (
    <>
      <Box component="dt" sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
        {translate(`lots.${act}.name`)}
      </Box>
      <Box component="dd" sx={{ m: 0, fontSize: 13 }}>
        {why}
      </Box>
    </>
  );
};
