import { usePortal, useSay } from '../words.ts';
import { Field } from './Field.tsx';

type Props = {
  value: string;
  onType: (value: string) => void;
  name: string;
  error?: string;
  label?: string;
};

/** Who the member is, by whichever number the organisation knows them, with where to find it. */
export const IdentifierField = (props: Props) => {
  const { identifiers, labels } = usePortal().description;
  const say = useSay();
  const [only] = identifiers;
  const where =
    identifiers.length === 1
      ? [say('identifier.foundOn', { where: only?.foundOn ?? '' })]
      : identifiers.map(({ label, foundOn }) => say('identifier.eachFoundOn', { label, where: foundOn }));
  const hints = [say('identifier.hint'), ...(labels.whereIsIdentifier ? [] : where)].filter(Boolean);
  return (
    <>
      <Field
        {...props}
        label={props.label || say('identifier.label')}
        hint={hints.length > 0 && hints.map((hint) => <span key={hint}>{hint}</span>)}
        autoComplete="username"
      />
      {labels.whereIsIdentifier && (
        <details className="more">
          <summary>{labels.whereIsIdentifier}</summary>
          {where.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </details>
      )}
    </>
  );
};
