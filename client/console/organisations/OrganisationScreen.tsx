import ArrowBack from '@mui/icons-material/ArrowBack';
import { Box, Button, Typography } from '@mui/material';
import { useRedirect, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import type { Organisation } from '../../../server/organisations/organisations.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { Fact, Facts } from '../shared/Facts.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { useOrganisations } from '../shared/useMe.ts';
import { Swatch } from './Swatch.tsx';

/** What an employee of an organisation needs at hand; its whole procedure is in its file. */
export const OrganisationScreen = () => {
  const { id } = useParams();
  const organisations = useOrganisations();
  const one = organisations.find((organisation) => organisation.id === id);
  if (one) return <ShowOrganisation one={one} />;
  return organisations.length > 0 ? <NoSuchPage /> : null;
};

const ShowOrganisation = ({ one }: { one: Organisation }) => {
  const translate = useTranslate();
  const redirect = useRedirect();
  return (
    <Page
      title={translate('organisations.one')}
      heading={
        <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, mb: 1.5 }}>
          <Typography variant="h1">
            <Swatch colour={one.colour} size={18} />
            {one.name}
          </Typography>
          <Button size="small" startIcon={<ArrowBack />} onClick={() => redirect('/organisations')}>
            {translate('organisations.back')}
          </Button>
        </Box>
      }
    >
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.5, alignItems: 'start' }}>
        <Procedure one={one} />
        <Help one={one} />
        {(['unblock', 'letter', 'reveal', 'correct'] as const).map((act) => (
          <Reasons key={act} title={translate(`organisations.reasons.${act}`)} reasons={one.reasons[act]} />
        ))}
      </Box>
    </Page>
  );
};

const Procedure = ({ one }: { one: Organisation }) => {
  const translate = useTranslate();
  return (
    <Panel title={translate('organisations.procedure')}>
      <Facts>
        <Fact name={translate('resources.organisations.fields.maxFailures')}>{one.maxFailures}</Fact>
        <Fact name={translate('resources.organisations.fields.sendsLetters')}>
          {translate(one.sendsLetters ? 'organisations.letters' : 'organisations.noLetters')}
        </Fact>
        {one.sendsLetters && (
          <>
            <Fact name={translate('resources.organisations.fields.products')}>
              {one.products.map(({ id, label }) => (
                <Box key={id}>
                  {label}
                  {id === one.defaultProduct && ` (${translate('organisations.usual')})`}
                </Box>
              ))}
            </Fact>
            <Fact name={translate('resources.organisations.fields.cutoff')}>{one.cutoff ?? '—'}</Fact>
            <Fact name={translate('resources.organisations.fields.collectionAt')}>
              {one.collectionAt ?? '—'}
            </Fact>
          </>
        )}
        <Fact name={translate('organisations.spaceTypes')}>
          {one.spaceTypes.map((type) => translate(`members.spaceType.${type}`)).join(', ')}
        </Fact>
      </Facts>
    </Panel>
  );
};

const Help = ({ one: { help } }: { one: Organisation }) => {
  const translate = useTranslate();
  return (
    <Panel title={translate('organisations.help')}>
      <Facts>
        <Fact name={translate('organisations.helpName')}>{help.name}</Fact>
        <Fact name={translate('resources.organisations.fields.help.phone')}>{help.phone ?? '—'}</Fact>
        <Fact name={translate('organisations.helpEmail')}>{help.email ?? '—'}</Fact>
      </Facts>
    </Panel>
  );
};

const Reasons = ({ title, reasons }: { title: string; reasons: { id: string; label: string }[] }) => (
  <Panel title={title}>
    <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
      {reasons.map(({ id, label }) => (
        <li key={id}>{label}</li>
      ))}
    </Box>
  </Panel>
);
