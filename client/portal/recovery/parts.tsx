import type { RecoveryStep } from '../../../server/portal/portal.schema.ts';
import { forgetBegun } from '../memory.ts';
import { useSay } from '../words.ts';

/** « Abandonner »: back to the sign-in, nothing kept but the identifier. */
export const GiveUp = () => {
  const say = useSay();
  return (
    <a className="plain" href="#/" onClick={forgetBegun}>
      {say('page.giveUp')}
    </a>
  );
};

export const Back = ({ back }: { back: () => void }) => {
  const say = useSay();
  return (
    <button type="button" className="plain" onClick={back}>
      {say('page.previous')}
    </button>
  );
};

/** The server's hints, in their order. */
export const Notes = ({ notes }: Pick<RecoveryStep, 'notes'>) =>
  notes.length === 0 ? null : (
    <ul className="hints">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
