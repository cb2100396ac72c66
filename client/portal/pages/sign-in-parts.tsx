import { usePortal, useSay } from '../words.ts';

/** The links under the form: forgotten, first connection; with where the first password is printed. */
export const OtherWays = () => {
  const { firstPassword, labels } = usePortal().description;
  const say = useSay();
  const printed = firstPassword?.foundOn;
  return (
    <ul className="ways">
      {printed && say('signIn.printed') && <li>{say('signIn.printed', { where: printed })}</li>}
      <li>
        {say('signIn.forgottenLead')} <a href="#/oublie">{labels.forgottenPassword}</a>
      </li>
      {firstPassword && (
        <li>
          <a href="#/premiere-connexion">{say('signIn.firstConnection')}</a>
        </li>
      )}
    </ul>
  );
};

/** Shown for the failures of this browser's own session, never for what the account is. */
export const Unblock = ({ label }: { label: string }) => {
  const { maxFailures } = usePortal().description;
  const say = useSay();
  return (
    <section className="callout">
      <h2>{say('signIn.blocked')}</h2>
      <p>{say('signIn.blockedLead', { failures: maxFailures })}</p>
      <p>
        <a className="button" href="#/debloquer">
          {label}
        </a>
      </p>
    </section>
  );
};

/** The hints that help where a sign-in has just failed. */
export const Troubles = () => {
  const say = useSay();
  return (
    <section className="callout">
      <h2>{say('help.title')}</h2>
      <TroubleList />
    </section>
  );
};

export const TroubleList = () => {
  const { labels } = usePortal().description;
  const say = useSay();
  return (
    <ul className="hints">
      {['confirmed', 'shape', 'identifier']
        .map((hint) => say(`help.hints.${hint}`))
        .filter(Boolean)
        .map((hint) => (
          <li key={hint}>{hint}</li>
        ))}
      <li>
        {say('help.hints.again')} <a href="#/oublie">{labels.forgottenPassword}</a>
      </li>
    </ul>
  );
};

export const Register = ({ label }: { label: string }) => {
  const { paths, publicSite } = usePortal().description;
  const say = useSay();
  const isHere = paths.some(({ path }) => path === 'first');
  return (
    <section className="callout">
      <h2>{say('signIn.noAccount')}</h2>
      <p>{say('signIn.registerNow')}</p>
      <p>
        <a className="button button-quiet" href={isHere ? '#/inscription' : publicSite}>
          {label}
        </a>
      </p>
    </section>
  );
};
