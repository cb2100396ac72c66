import { Box } from '@mui/material';
import { DataTable, SelectInput, TextInput, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Letter } from '../../../server/letters/letters.schema.ts';
import { fr } from '../i18n/fr.ts';
import { LetterStateChip, PromiseChip, TestChip, TimelinessChip } from '../shared/LetterChips.tsx';
import { ListScreen } from '../shared/ListScreen.tsx';
import { OrganisationFilter, OrganisationName } from '../shared/OrganisationField.tsx';
import { PromiseDate } from '../shared/PromiseDate.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useMay } from '../shared/useMe.ts';
import { CancelButton } from './CancelButton.tsx';
import { LetterViews } from './LetterViews.tsx';

const states = Object.keys(fr.letterState).map((id) => ({ id, name: `letterState.${id}` }));

const filters = [
  <LetterViews key="view" source="view" alwaysOn />,
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
    <LetterTable />
  </ListScreen>
);

const LetterTable = () => {
  const translate = useTranslate();
  const mayCancel = useMay('letter.cancel');
  return (
    <DataTable<Letter>
      bulkActionButtons={false}
      rowClick={false}
      empty={<Box sx={{ p: 2 }}>{translate('letters.none')}</Box>}
    >
      <DataTable.Col<Letter> source="latestPostingAt" render={(letter) => <Before letter={letter} />} />
      <DataTable.Col<Letter> source="state" render={(letter) => <State letter={letter} />} />
      <DataTable.Col<Letter> source="reference" render={(letter) => <Reference letter={letter} />} />
      <DataTable.Col<Letter>
        source="organisationId"
        disableSort
        render={({ organisationId }) => <OrganisationName id={organisationId} />}
      />
      <DataTable.Col source="postcode" />
      <DataTable.Col<Letter> source="askedAt" render={({ askedAt }) => <ShortMoment at={askedAt} />} />
      <DataTable.Col<Letter> source="announcedOn" render={(letter) => <Announced letter={letter} />} />
      <DataTable.Col<Letter> source="lotNumber" disableSort render={(letter) => <LotOf letter={letter} />} />
      {mayCancel && (
        <DataTable.Col<Letter>
          source="version"
          label={false}
          disableSort
          render={(letter) => <CancelButton letter={letter} />}
        />
      )}
    </DataTable>
  );
};

const Before = ({ letter: { latestPostingAt, timeliness } }: { letter: Letter }) => (
  <>
    <ShortMoment at={latestPostingAt} />
    <Box>
      <TimelinessChip timeliness={timeliness} />
    </Box>
  </>
);

const State = ({ letter: { state, problem, returnReason } }: { letter: Letter }) => (
  <>
    <LetterStateChip state={state} />
    {(problem ?? returnReason) && (
      <Box sx={{ maxWidth: 260, fontSize: 13, color: 'var(--ink-soft)' }}>{problem ?? returnReason}</Box>
    )}
  </>
);

const Reference = ({ letter: { reference, isTest } }: { letter: Letter }) => (
  <>
    {reference}
    {isTest && (
      <Box>
        <TestChip />
      </Box>
    )}
  </>
);

const Announced = ({ letter: { announcedOn, keepsPromise } }: { letter: Letter }) => (
  <>
    <PromiseDate day={announcedOn} short />
    <Box>
      <PromiseChip keepsPromise={keepsPromise} />
    </Box>
  </>
);

const LotOf = ({ letter: { lotId, lotNumber, sheet } }: { letter: Letter }) => {
  const translate = useTranslate();
  const maySeeLots = useMay('lot.list');
  if (!lotId || lotNumber === null) return '—';
  const place = translate('letters.lotAndSheet', { lot: lotNumber, sheet: sheet ?? '?' });
  return maySeeLots ? <Link to={`/lots/${lotId}/show`}>{place}</Link> : place;
};
