import { Page } from '../shared/Page.tsx';
import { Steps } from '../shared/Steps.tsx';
import { useSay } from '../words.ts';
import { Channels } from './Channels.tsx';
import { Back, GiveUp, Notes } from './parts.tsx';
import type { StepProps } from './Recovery.tsx';

/** By what the member wants to receive their way back in. */
export const ChooseChannel = ({ step, show, back }: StepProps) => {
  const say = useSay();
  return (
    <Page title={step.title} lead={step.message}>
      <Steps at={1} />
      {say('recovery.chooseHint') && <p>{say('recovery.chooseHint')}</p>}
      <Channels step={step} show={show} />
      <Notes notes={step.notes} />
      <div className="actions">
        <Back back={back} />
        <GiveUp />
      </div>
    </Page>
  );
};
