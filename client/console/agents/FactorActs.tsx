import { Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDataProvider, useNotify, useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import { readWelcome } from '../authProvider.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ProveFirst } from '../own-account/ProveFirst.tsx';

type Act = 'reset-factors' | 'permit-sso';

/** For somebody who lost their second factors, or whom single sign-on may know by the same username. */
export const FactorActs = ({
  agent,
  onDone,
}: {
  agent: { id: string; name: string };
  onDone: () => void;
}) => {
  const translate = useTranslate();
  const notify = useNotify();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [act, setAct] = useState<Act | null>(null);
  const { data } = useQuery({ queryKey: ['welcome'], queryFn: readWelcome, staleTime: Infinity });
  const acts: Act[] = data?.sso ? ['reset-factors', 'permit-sso'] : ['reset-factors'];
  return (
    <>
      {acts.map((one) => (
        <Button key={one} variant="outlined" onClick={() => setAct(one)}>
          {translate(`ownAccount.admin.${one}.button`)}
        </Button>
      ))}
      {act && (
        <ProveFirst
          title={translate(`ownAccount.admin.${act}.title`, { name: agent.name })}
          begin={(proof: OwnProof) => dataProvider.act('agents', agent.id, act, proof)}
          onBegun={() => {
            setAct(null);
            notify(`ownAccount.admin.${act}.done`);
            onDone();
          }}
          onClose={() => setAct(null)}
        >
          {translate(`ownAccount.admin.${act}.text`)}
        </ProveFirst>
      )}
    </>
  );
};
