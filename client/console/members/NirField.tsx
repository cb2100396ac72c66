import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { MaskedField } from '../shared/MaskedField.tsx';
import { errorBesideProof, isProved, ProofField } from '../shared/ProofField.tsx';
import { ReasonDialog } from '../shared/ReasonDialog.tsx';
import { useMay } from '../shared/useMe.ts';

/** Masked; shown whole by an act with a reason, in this component's memory only, until hidden or left. */
export const NirField = ({ member }: { member: MemberPage }) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const mayReveal = useMay('member.reveal-nir');
  const [isAsking, setAsking] = useState(false);
  const [proof, setProof] = useState<OwnProof>({});
  const [nir, setNir] = useState<string | null>(null);
  const masked = member.identity.nirMasked;
  if (!masked) return translate('members.nir.none');

  const close = () => {
    setAsking(false);
    setProof({});
  };
  const isAllowed = mayReveal && member.can.revealNir.allowed;
  return (
    <>
      <Box role={nir ? 'status' : undefined} sx={{ fontWeight: nir ? 700 : 400 }}>
        <MaskedField text={nir ?? masked} />
      </Box>
      {isAllowed && (
        <Button size="small" sx={{ ml: -1.25 }} onClick={() => (nir ? setNir(null) : setAsking(true))}>
          {translate(nir ? 'members.nir.hide' : 'members.nir.reveal')}
        </Button>
      )}
      {mayReveal && !isAllowed && (
        <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{member.can.revealNir.why}</Box>
      )}
      {isAsking && (
        <ReasonDialog<{ nir: string }>
          title={translate('members.nir.title')}
          confirm={translate('members.nir.reveal')}
          what={translate('members.nir.what')}
          reasons={member.reasons.reveal}
          run={(reason, key) =>
            dataProvider.act('members', member.id, 'reveal-nir', { reason, ...proof }, key)
          }
          chosen={proof}
          proof={{
            isGiven: isProved(proof),
            isSaid: (error) => errorBesideProof(error) !== error,
            field: (error) => <ProofField proof={proof} error={error} onChange={setProof} />,
          }}
          onDone={(revealed) => {
            setNir(revealed.nir);
            close();
          }}
          onClose={close}
        />
      )}
    </>
  );
};
