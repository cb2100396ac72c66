import { DataTable, SelectInput, TextInput, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Letter } from '../../../server/letters/letters.schema.ts';
import { fr } from '../i18n/fr.ts';
import { LetterStateChip, TimelinessChip } from '../shared/LetterChips.tsx';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationFilter, OrganisationName } from '../shared/OrganisationField.tsx';
import { PromiseDate } from '../shared/PromiseDate.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useMay } from '../shared/useMe.ts';

const states = Object.keys(fr.letterState).map((id) => ({ id, name: `letterState.${id}` }));

const filters = [
  <SelectInput key="state" source="state" alwaysOn helperText={false} choices={states} />,
  <OrganisationFilter key="organisationId" source="organisationId" alwaysOn />,
  <TextInput key="reference" source="reference" alwaysOn resettable helperText={false} />,
];

/** Letters by the moment they must be posted, those still waiting first; nothing of the person but the postcode. */
export const LetterList = () => (
  <ListScreen
    title={useTranslate()('letters.title')}
    filters={filters}
    filterDefaultValues={{ state: 'requested' }}
    sort={{ field: 'latestPostingAt', order: 'ASC' }}
    disableSyncWithLocation
  >
    <DataTable<Letter> bulkActionButtons={false} rowClick={false}>
      <DataTable.Col<Letter>
        source="latestPostingAt"
        render={({ latestPostingAt }) => <ShortMoment at={latestPostingAt} />}
      />
      <DataTable.Col<Letter>
        source="timeliness"
        disableSort
        render={({ timeliness }) => <TimelinessChip timeliness={timeliness} />}
      />
      <DataTable.Col<Letter> source="state" render={({ state }) => <LetterStateChip state={state} />} />
      <DataTable.Col source="reference" />
      <DataTable.Col<Letter>
        source="organisationId"
        disableSort
        render={({ organisationId }) => <OrganisationName id={organisationId} />}
      />
      <DataTable.Col source="postcode" />
      <DataTable.Col<Letter> source="askedAt" render={({ askedAt }) => <ShortMoment at={askedAt} />} />
      <DataTable.Col<Letter>
        source="announcedOn"
        render={({ announcedOn }) => <PromiseDate day={announcedOn} short />}
      />
      <DataTable.Col<Letter> source="lotNumber" disableSort render={(letter) => <LotOf letter={letter} />} />
    </DataTable>
  </ListScreen>
);

const LotOf = ({ letter: { lotId, lotNumber, sheet } }: { letter: Letter }) => {
  const translate = useTranslate();
  const maySeeLots = useMay('lot.list');
  if (!lotId || lotNumber === null) return '—';
  const place = translate('letters.lotAndSheet', { lot: lotNumber, sheet: sheet ?? '?' });
  return maySeeLots ? <Link to={`/lots/${lotId}/show`}>{place}</Link> : place;
};
