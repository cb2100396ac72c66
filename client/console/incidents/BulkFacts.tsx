import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { BulkRequest } from '../../../server/supervision/bulk.schema.ts';
import { Fact, Facts } from '../shared/Facts.tsx';
import { OrganisationName } from '../shared/OrganisationField.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { CountedFacts, LettersFact, useSecretsInWords } from './CountedFacts.tsx';

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
      {request.kind === 'kill-secrets' && <KillFacts request={request} />}
    </Facts>
  );
};

/** As it was counted when it was asked for; to whoever decides, also as it stands by now. */
const KillFacts = ({ request: { counted, countedNow, withLetters } }: { request: BulkRequest }) => {
  const translate = useTranslate();
  const secrets = useSecretsInWords();
  if (countedNow) return <CountedFacts counted={countedNow} before={counted} withLetters={withLetters} />;
  return (
    <>
      <Fact name={translate('incidents.bulk.facts.secrets')}>{secrets(counted)}</Fact>
      <LettersFact counted={counted} withLetters={withLetters} />
    </>
  );
};
