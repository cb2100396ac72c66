import { Box, MenuItem, TextField } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { Organisation } from '../../../server/organisations/organisations.schema.ts';
import type { PromiseKeeping } from '../../../server/supervision/promise-keeping.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { getJson } from '../request.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { toParisField } from '../shared/parisClock.ts';
import { useMay, useOrganisations } from '../shared/useMe.ts';
import { ComparedTable, KeepingTable } from './PromiseTables.tsx';

type Asked = { organisation: string; year: string; product: string };

/** What share of a year's requests keep what an organisation promises, by postal product and destination. */
export const PromiseScreen = () => (useMay('promise.view') ? <Promises /> : <NoSuchPage />);

const Promises = () => {
  const translate = useTranslate();
  const organisations = useOrganisations().filter(({ sendsLetters }) => sendsLetters);
  const [chosen, setChosen] = useState<Asked>({ organisation: '', year: nextYear, product: '' });
  const one = organisations.find(({ id }) => id === chosen.organisation) ?? organisations[0];
  const asked = { ...chosen, organisation: one?.id ?? '' };
  const { data, error } = usePromiseKeeping(asked);
  return (
    <Page title={translate('promises.title')}>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <Box sx={{ maxWidth: 860 }}>{translate('promises.intro')}</Box>
        {one && <Choices organisations={organisations} one={one} asked={asked} onChange={setChosen} />}
        <ErrorText error={error} />
        {!data && !error && <Box role="status">{translate('promises.loading')}</Box>}
        {data && (
          <>
            <Panel title={translate('promises.kept', { year: data.year })}>
              <Box sx={{ mb: 1 }}>
                {data.promiseInWords
                  ? translate('promises.promised', { promise: data.promiseInWords })
                  : translate('promises.none')}
              </Box>
              <KeepingTable found={data} />
            </Panel>
            <Panel title={translate('promises.compared')}>
              <ComparedTable found={data} />
            </Panel>
          </>
        )}
      </Box>
    </Page>
  );
};

const usePromiseKeeping = ({ organisation, year, product }: Asked) => {
  const query = new URLSearchParams({ organisation, year, ...(product && { product }) });
  return useQuery({
    queryKey: ['promise-keeping', useLocale(), String(query)],
    queryFn: ({ signal }) => getJson<PromiseKeeping>(`/promise-keeping?${query}`, { signal }),
    placeholderData: keepPreviousData,
    enabled: organisation !== '',
  });
};

const thisYear = Number(toParisField(new Date()).slice(0, 4));
const nextYear = String(thisYear + 1);
const years = [0, 1, 2, 3].map((more) => String(thisYear + more));

type ChoicesProps = {
  organisations: Organisation[];
  one: Organisation;
  asked: Asked;
  onChange: (asked: Asked) => void;
};

const Choices = ({ organisations, one, asked, onChange }: ChoicesProps) => {
  const translate = useTranslate();
  const every = { id: '', name: translate('promises.everyProduct') };
  const products = one.products.map(({ id, label }) => ({ id, name: label }));
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
      <Choice
        label={translate('promises.organisation')}
        value={one.id}
        options={organisations}
        onChange={(organisation) => onChange({ ...asked, organisation, product: '' })}
      />
      <Choice
        label={translate('promises.year')}
        value={asked.year}
        options={years.map((id) => ({ id, name: id }))}
        onChange={(year) => onChange({ ...asked, year })}
      />
      <Choice
        label={translate('promises.product')}
        value={asked.product}
        options={[every, ...products]}
        onChange={(product) => onChange({ ...asked, product })}
      />
    </Box>
  );
};

type ChoiceProps = {
  label: string;
  value: string;
  options: { id: string; name: string }[];
  onChange: (value: string) => void;
};

const Choice = ({ label, value, options, onChange }: ChoiceProps) => (
  <TextField
    select
    size="small"
    label={label}
    value={value}
    sx={{ minWidth: 200 }}
    slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
    onChange={(event) => onChange(event.target.value)}
  >
    {options.map(({ id, name }) => (
      <MenuItem key={id} value={id}>
        {name}
      </MenuItem>
    ))}
  </TextField>
);
