import { usePortal, useSay } from '../words.ts';

/** Whom to call, when, and where to write; from the organisation's file. */
export const HelpLine = () => {
  const { help } = usePortal().description;
  const say = useSay();
  return (
    <section className="help-line" aria-label={say('help.line')}>
      <p>{say('help.contact')}</p>
      {help.phone && (
        <p>
          <a className="phone" href={`tel:${help.phone.replace(/\s/g, '')}`}>
            {help.phone}
          </a>
        </p>
      )}
      {help.hours.map((line) => (
        <p key={line} className="quiet">
          {line}
        </p>
      ))}
      {help.email && (
        <p>
          <a href={`mailto:${help.email}`}>{help.email}</a>
        </p>
      )}
    </section>
  );
};
