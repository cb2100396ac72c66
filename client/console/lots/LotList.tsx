import { Box, MenuItem, TextField, ToggleButton, ToggleButtonGroup } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { StandingAlarms } from '../alarms/StandingAlarms.tsx';
import { PlainList } from '../shared/ListScreen.tsx';
import { Page } from '../shared/Page.tsx';
import { toggle } from '../shared/toggle.ts';
import { useOrganisations } from '../shared/useMe.ts';
import { LotTable } from './LotTable.tsx';
import { WaitingLetters } from './WaitingLetters.tsx';

type Wanted = { isDone: boolean; organisationId: string };

/** The print room: what stands late, what waits, then the lots under way with what to do next. */
export const LotList = () => {
  const translate = useTranslate();
  const [wanted, setWanted] = useState<Wanted>({ isDone: false, organisationId: '' });
  const { isDone, organisationId } = wanted;
  const heading = translate(isDone ? 'lots.lotsDone' : 'lots.lots');
  return (
    <Page title={translate('lots.title')}>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <StandingAlarms />
        <WaitingLetters />
      </Box>
      <Box component="section" aria-label={heading} sx={{ mt: 2.5 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 1 }}>
          <Box component="h2" sx={{ m: 0, fontSize: 17, flex: 1 }}>
            {heading}
          </Box>
          <Choices wanted={wanted} onChange={setWanted} />
        </Box>
        <PlainList
          key={heading}
          filter={{ open: !isDone, ...(organisationId && { organisationId }) }}
          // Under way: the most urgent first; done: the last first.
          sort={isDone ? { field: 'number', order: 'DESC' } : { field: 'latestPostingAt', order: 'ASC' }}
          disableSyncWithLocation
          storeKey={false}
        >
          <LotTable isDone={isDone} />
        </PlainList>
      </Box>
    </Page>
  );
};

type ChoicesProps = { wanted: Wanted; onChange: (wanted: Wanted) => void };

const Choices = ({ wanted, onChange }: ChoicesProps) => {
  const translate = useTranslate();
  const organisations = useOrganisations();
  return (
    <>
      <TextField
        select
        margin="none"
        label={translate('resources.lots.fields.organisationId')}
        value={wanted.organisationId}
        onChange={(event) => onChange({ ...wanted, organisationId: event.target.value })}
        slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
        sx={{ width: 240 }}
      >
        <MenuItem value="">{translate('lots.filter.all')}</MenuItem>
        {organisations.map(({ id, name }) => (
          <MenuItem key={id} value={id}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={wanted.isDone ? 'closed' : 'open'}
        aria-label={translate('resources.lots.fields.open')}
        onChange={(_event, value: string | null) =>
          value && onChange({ ...wanted, isDone: value === 'closed' })
        }
      >
        {(['open', 'closed'] as const).map((value) => (
          <ToggleButton key={value} value={value} sx={toggle}>
            {translate(`lots.filter.${value}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </>
  );
};
