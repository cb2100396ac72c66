import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import type { Call } from '../../../server/calls/calls.schema.ts';
import { CallerChoice } from '../shared/CallerChoice.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { useCall, useChangeCall, useOpenCall } from '../shared/useCall.ts';
import { useMe } from '../shared/useMe.ts';

type Props = { memberId: string; isEntitled: boolean };

/**
 * Asked on the page itself until it is said for this member, and kept in sight while whoever speaks may hear nothing.
 * Said of a call about somebody else it opens one about this member: what was said for one says nothing of another.
 */
export const WhoSpeaks = ({ memberId, isEntitled }: Props) => {
  const call = useCall();
  const isSupervisor = useMe()?.role === 'supervisor';
  if (!call) return null;
  const isAnother = isAboutAnother(call, memberId);
  // A supervisor who looked was in no call: who speaks is said of a call of its own.
  if (isAnother || (isSupervisor && wasUnsaid(call)))
    return <AskAnew memberId={memberId} call={call} isAnother={isAnother} />;
  return call.caller === 'member' || isEntitled ? null : <Ask call={call} />;
};

const isAboutAnother = (call: Call, memberId: string): boolean =>
  call.memberId !== null && call.memberId !== memberId;

// What made it a back-office call was an act before anybody was said to speak, or a supervisor's look.
const wasUnsaid = ({ channel, caller }: Call): boolean => channel === 'back-office' && caller === 'unsaid';

const Ask = ({ call }: { call: Call }) => {
  const { mutate, isPending, error } = useChangeCall(call);
  const { caller } = call;
  return (
    <Question caller={caller} disabled={isPending} error={error} onSay={(said) => mutate({ caller: said })} />
  );
};

const AskAnew = ({ call, memberId, isAnother }: { call: Call; memberId: string; isAnother: boolean }) => {
  const translate = useTranslate();
  const { mutate, isPending, error } = useOpenCall();
  const channel = wasUnsaid(call) ? 'telephone' : call.channel;
  return (
    <Question
      caller="unsaid"
      disabled={isPending}
      error={error}
      onSay={(caller) => mutate({ channel, caller, memberId })}
    >
      {isAnother && translate('members.call.another')}
    </Question>
  );
};

type QuestionProps = {
  caller: Call['caller'];
  disabled: boolean;
  error: unknown;
  onSay: (caller: Call['caller']) => void;
  children?: ReactNode;
};

const Question = ({ caller, disabled, error, onSay, children }: QuestionProps) => {
  const translate = useTranslate();
  return (
    <Box
      sx={{
        px: 2,
        py: 1,
        borderRadius: 1.5,
        backgroundColor: 'var(--fresh-soft)',
        borderLeft: '4px solid var(--accent)',
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1.5 }}>
        <b>{translate('members.call.who')}</b>
        <CallerChoice
          label={translate('members.call.who')}
          value={caller}
          disabled={disabled}
          onChange={onSay}
        />
      </Box>
      {children && <Box sx={{ mt: 0.5 }}>{children}</Box>}
      <ErrorText error={error} />
    </Box>
  );
};
