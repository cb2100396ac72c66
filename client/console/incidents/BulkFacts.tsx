import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { BulkRequest } from '../../../server/supervision/bulk.schema.ts';
import { Fact, Facts } from '../shared/Facts.tsx';
import { OrganisationName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useNumbers } from '../shared/useNumbers.ts';

/** Everything that a second person decides on: who asked and why, what it was counted from, what it would end. */
export const BulkFacts = ({ request }: { request: BulkRequest }) => {
  const translate = useTranslate();
  const { incidentId, incidentTitle, askedByName, askedAt, why, about, organisationIds, from } = request;
  const named = from.agentName ?? from.siteName ?? from.lotNumber;
  return (
    <Facts>
      <Fact name={translate('incidents.bulk.facts.asked')}>
        {askedByName} · <ShortMoment at={askedAt} />
      </Fact>
      <Fact name={translate('incidents.bulk.facts.why')}>{why ?? translate('incidents.bulk.noWhy')}</Fact>
      {incidentId && incidentTitle && (
        <Fact name={translate('incidents.one')}>
          <Link to={`/incidents/${encodeURIComponent(incidentId)}/show`}>{incidentTitle}</Link>
        </Fact>
      )}
      <Fact name={translate('incidents.bulk.facts.from')}>
        {named !== null && <b>{from.lotNumber === null ? named : `n° ${from.lotNumber}`} · </b>}
        {about}
      </Fact>
      <Fact name={translate('incidents.fields.organisations')}>
        {organisationIds.map((id, at) => (
          <span key={id}>
            {at > 0 && ', '}
            <OrganisationName id={id} />
          </span>
        ))}
      </Fact>
      {request.kind === 'kill-secrets' && (
        <Fact name={translate('incidents.bulk.facts.secrets')}>
          <SecretsInWords request={request} />
        </Fact>
      )}
    </Facts>
  );
};

const kinds = ['temporary', 'links', 'codes'] as const;

/** « 3 mots de passe provisoires · 1 lien »: what was live when it was asked for. */
const SecretsInWords = ({ request: { counted, withLetters } }: { request: BulkRequest }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const say = (kind: string, count: number): string =>
    translate(`incidents.bulk.kinds.${kind}`, { smart_count: count, count: format(count) });
  // One of a former version counted them all together.
  const isApart = counted.temporary + counted.links + counted.codes === counted.secrets;
  const shown = (isApart ? kinds.filter((kind) => counted[kind] > 0) : []).map((kind) =>
    say(kind, counted[kind]),
  );
  if (!isApart || shown.length === 0) shown.unshift(say('secrets', counted.secrets));
  // Those on paper die with their letters only.
  if (withLetters) shown.push(say('printed', counted.printed), say('letters', counted.letters));
  return <Box>{shown.join(' · ')}</Box>;
};
