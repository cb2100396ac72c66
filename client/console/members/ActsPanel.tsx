import AcUnit from '@mui/icons-material/AcUnit';
import { Box } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { CallerVerification } from '../../../server/verifications/verifications.schema.ts';
import { Panel } from '../shared/Page.tsx';
import { useMay } from '../shared/useMe.ts';
import { Act, type Verdict } from './Act.tsx';
import { ActDialog, type Opened } from './ActDialog.tsx';
import { offerFor } from './offer.ts';
import type { Done } from './OutcomePanel.tsx';
import { ReportMenu } from './ReportMenu.tsx';
import { StaleNotice } from './StaleNotice.tsx';
import { StoppedActs } from './StoppedActs.tsx';
import { useActs, type OneAct } from './useActs.tsx';

type Props = {
  member: MemberPage;
  verification: CallerVerification;
  /** The account, or what was proved, is not what it was when the page was read. */
  isStale: boolean;
  onDone: (done: Done) => void;
  onReload: () => void;
  onProve: () => void;
};

/** What may be done, first what is to be offered now; each act says what it will do, or why it cannot. */
export const ActsPanel = ({ member, verification, isStale, onDone, onReload, onProve }: Props) => {
  const translate = useTranslate();
  const [opened, setOpened] = useState<Opened | null>(null);
  const acts = useActs(member);
  const isFrozen = member.headline.state === 'frozen' && !member.suspicion;
  const mayUnfreeze = useMay('account.unfreeze') && isFrozen;
  const waiting = new Set<string>(
    member.approvals.filter(({ state }) => state === 'waiting').map(({ act }) => act),
  );
  const possible = offerFor(member, verification);
  const offer = possible && !waiting.has(possible.act) ? possible : null;
  const offered = acts.filter(({ act }) => act === offer?.act);
  const others = acts.filter(({ act }) => act !== offer?.act);
  const stopped = stoppedBy(acts);
  const close = () => setOpened(null);
  const row = ({ act, withUnblock, ...shown }: OneAct) => (
    <Act
      key={act}
      {...shown}
      isWaiting={waiting.has(act)}
      isOffered={act === offer?.act}
      onOpen={() => setOpened({ act, withUnblock, asks: !shown.verdict.allowed })}
      onProve={onProve}
    />
  );
  return (
    <Panel
      title={translate('members.acts.title')}
      aside={<ReportMenu member={member} onDone={onDone} onReload={onReload} />}
    >
      {isStale && <StaleNotice onReload={onReload} />}
      {offer && offered.length > 0 && (
        <Box
          role="group"
          aria-label={translate('members.offer.title')}
          sx={{ mb: 1, px: 1.5, py: 1, borderRadius: 1, backgroundColor: 'var(--fresh-soft)' }}
        >
          <Box sx={{ mb: 0.75, fontWeight: 700, color: 'var(--fresh-ink)' }}>
            {translate(`members.offer.${offer.why}`)} {translate(`members.offer.${offer.act}`)}
          </Box>
          <Box component="ul" sx={list}>
            {offered.map(row)}
          </Box>
        </Box>
      )}
      <Box component="ul" sx={list}>
        {mayUnfreeze && (
          <Act
            label={translate('members.acts.unfreeze')}
            verdict={member.can.unfreeze}
            icon={<AcUnit />}
            onOpen={() => setOpened({ act: 'unfreeze', withUnblock: false, asks: false })}
            onProve={onProve}
          />
        )}
        {!stopped && others.map(row)}
      </Box>
      {stopped && <StoppedActs acts={acts} verdict={stopped} />}
      {opened && (
        <ActDialog
          member={member}
          opened={opened}
          onClose={close}
          onDone={(done) => {
            close();
            onDone(done);
          }}
          onReload={() => {
            close();
            onReload();
          }}
        />
      )}
    </Panel>
  );
};

/** One reason that stops every act, said once. */
const stoppedBy = (acts: OneAct[]): Verdict | null => {
  const [first, ...others] = acts.map(({ verdict }) => verdict);
  const isSame = others.every(({ state, rule }) => state === 'refused' && rule === first?.rule);
  return first?.state === 'refused' && isSame ? first : null;
};

const list = { listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 } as const;
