import { Box } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { FactorAdded } from '../../../server/agents/factors.schema.ts';
import { ActionDialog } from '../shared/ActionDialog.tsx';
import { errorBesideProof, isProved, ProofField } from '../shared/ProofField.tsx';
import { useAct } from '../shared/useAct.ts';
import { useMe } from '../shared/useMe.ts';

export type AddProps = { onAdded: (added: FactorAdded) => void; onClose: () => void };

type Props<Offer> = {
  title: string;
  begin: (proof: OwnProof) => Promise<Offer>;
  onBegun: (offer: Offer) => void;
  onClose: () => void;
  children: ReactNode;
};

/** The first step of every change of one's own factors: who asks. Who has just signed in to enrol one is not asked. */
export const ProveFirst = <Offer,>({ title, begin, onBegun, onClose, children }: Props<Offer>) => {
  const translate = useTranslate();
  const isSpared = useMe()?.next === 'factor';
  const [proof, setProof] = useState<OwnProof>({});
  const act = useAct(begin, onBegun);
  return (
    <ActionDialog
      title={title}
      confirm={translate('ownAccount.goOn')}
      canConfirm={isSpared || isProved(proof)}
      isPending={act.isPending}
      error={errorBesideProof(act.error)}
      onConfirm={() => act.mutate(proof)}
      onClose={onClose}
    >
      <Box sx={{ mb: 2 }}>{children}</Box>
      {!isSpared && (
        <ProofField
          autoFocus
          label={translate('ownAccount.ownPassword')}
          proof={proof}
          error={act.error}
          onChange={setProof}
        />
      )}
    </ActionDialog>
  );
};
