import { useRef, useState } from 'react';
import type { RecoveryStep } from '../../../server/portal/portal.schema.ts';
import { chooseChannel } from '../api.ts';
import { ErrorSummary } from '../shared/Form.tsx';
import { failureOf, type Failure } from '../shared/useForm.ts';
import { useSay } from '../words.ts';
import { ChannelIcon } from './ChannelIcon.tsx';

type Channel = RecoveryStep['channels'][number];
type Props = { step: RecoveryStep; show: (step: RecoveryStep) => void };

/** One large button for each channel; one that cannot be used says why. */
export const Channels = ({ step, show }: Props) => {
  const say = useSay();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, setPending] = useState(false);
  const [cancels, setCancels] = useState(true);
  const isSending = useRef(false);

  const choose = ({ kind }: Channel): void => {
    if (isSending.current) return;
    isSending.current = true;
    setPending(true);
    setFailure(null);
    const asked = { channel: kind, ...(step.mayCancelLetter && cancels && { cancelLetter: true }) };
    chooseChannel(asked)
      .then(show, (thrown: unknown) => setFailure(failureOf(thrown, say('page.offline'))))
      .finally(() => {
        isSending.current = false;
        setPending(false);
      });
  };
  return (
    <div aria-busy={pending}>
      <ErrorSummary failure={failure} />
      {step.mayCancelLetter && (
        <label className="choice">
          <input
            type="checkbox"
            checked={cancels}
            onChange={(event) => setCancels(event.currentTarget.checked)}
          />
          <span>{say('recovery.cancelLetter')}</span>
        </label>
      )}
      <ul className="channels">
        {step.channels.map((channel) => (
          <li key={channel.kind}>
            <ChannelButton channel={channel} again={step.channel === channel.kind} choose={choose} />
          </li>
        ))}
      </ul>
    </div>
  );
};

type ButtonProps = { channel: Channel; again: boolean; choose: (channel: Channel) => void };

const ChannelButton = ({ channel, again, choose }: ButtonProps) => {
  const say = useSay();
  const { kind, label, mask, usable, note } = channel;
  const words = (
    <>
      <ChannelIcon kind={kind} />
      <span className="channel-words">
        <span className="channel-label">{again ? say('recovery.again', { label }) : label}</span>
        {mask && (
          <span className="channel-mask">
            <span className="unseen">{say('recovery.masked')}</span>
            <span aria-hidden="true">{mask}</span>
          </span>
        )}
        {note && <span className="channel-note">{note}</span>}
      </span>
    </>
  );
  if (!usable) return <div className="channel channel-off">{words}</div>;
  return (
    <button type="button" className="channel" onClick={() => choose(channel)}>
      {words}
    </button>
  );
};
