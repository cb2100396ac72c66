import Phone from '@mui/icons-material/PhoneOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useTranslate } from 'react-admin';
import type { CallerVerification, CallBackKind } from '../../../server/verifications/verifications.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { MaskedField } from '../shared/MaskedField.tsx';
import { useAct } from '../shared/useAct.ts';
import type { Stepping } from './useVerify.ts';
import { Proved, Way } from './Way.tsx';

type CallBack = CallerVerification['callBacks'][number];
type Props = Stepping & { memberId: string; callBacks: CallBack[] };

/** Calling back the number on file: shown whole to be dialled, in this component's memory only, until hidden. */
export const CallBackWay = ({ memberId, callBacks, step, isPending }: Props) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [shown, setShown] = useState<{ kind: CallBackKind; number: string } | null>(null);
  const show = useAct(
    (input: { kind: CallBackKind }, key) =>
      dataProvider.act<{ number: string }>('members', memberId, 'number-to-call', input, key),
    ({ number }, { kind }) => setShown({ kind, number }),
  );
  const hide = () => {
    setShown(null);
    show.reset();
  };
  const usable = callBacks.filter(({ state }) => state === 'open' || state === 'sent');
  const called = usable.find(({ kind, state }) => kind === shown?.kind || state === 'sent');
  const note = (reached: boolean) => {
    if (called) step({ method: 'call-back', kind: called.kind, reached });
    hide();
  };
  return (
    <>
      {callBacks
        .filter(({ state }) => state === 'done')
        .map(({ kind, masked }) => (
          <Proved key={kind}>
            {translate('verify.callBack.done', { masked: nameOf(translate, kind, masked) })}
          </Proved>
        ))}
      {usable.length > 0 && (
        <Way lead={translate('verify.callBack.lead')}>
          {shown && (
            <Box component="b" role="status">
              <MaskedField text={translate('verify.callBack.number', { number: shown.number })} />
            </Box>
          )}
          {shown && (
            <Button size="small" onClick={hide}>
              {translate('verify.callBack.hide')}
            </Button>
          )}
          {!shown &&
            usable.map(({ kind, masked }) => (
              <Button
                key={kind}
                size="small"
                variant="outlined"
                startIcon={<Phone />}
                disabled={show.isPending || isPending}
                onClick={() => show.mutate({ kind })}
              >
                {nameOf(translate, kind, masked)}
              </Button>
            ))}
          {called && (
            <>
              <Button size="small" variant="contained" disabled={isPending} onClick={() => note(true)}>
                {translate('verify.callBack.reached')}
              </Button>
              <Button size="small" variant="outlined" disabled={isPending} onClick={() => note(false)}>
                {translate('verify.callBack.nobody')}
              </Button>
            </>
          )}
        </Way>
      )}
      <ErrorText error={show.error} />
    </>
  );
};

const nameOf = (translate: ReturnType<typeof useTranslate>, kind: CallBackKind, masked: string): string =>
  translate(`verify.callBack.named.${kind}`, { masked });
