import {
  Box,
  Checkbox,
  FormControl,
  FormControlLabel,
  FormLabel,
  MenuItem,
  Radio,
  RadioGroup,
  TextField,
} from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { FileButton } from '../shared/FileButton.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { useMay, useOrganisations } from '../shared/useMe.ts';

/** How the letters look, with the secret blanked, and the sheet that sets the printer. */
export const PaperScreen = () => (useMay('letter.preview') ? <Paper /> : <NoSuchPage />);

type Language = 'fr' | 'en';

const Paper = () => {
  const translate = useTranslate();
  const organisations = useOrganisations().filter(({ sendsLetters }) => sendsLetters);
  const [chosen, choose] = useState('');
  const organisation = chosen || (organisations[0]?.id ?? '');
  if (organisation === '') {
    return <Page title={translate('paper.title')}>{translate('paper.noLetters')}</Page>;
  }
  return (
    <Page title={translate('paper.title')}>
      <TextField
        select
        margin="none"
        label={translate('paper.organisation')}
        value={organisation}
        onChange={(event) => choose(event.target.value)}
        sx={{ mb: 2, width: 360 }}
      >
        {organisations.map(({ id, name }) => (
          <MenuItem key={id} value={id}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.5, alignItems: 'start' }}>
        <Preview organisation={organisation} />
        <Calibration organisation={organisation} />
      </Box>
    </Page>
  );
};

const Preview = ({ organisation }: { organisation: string }) => {
  const translate = useTranslate();
  const [language, setLanguage] = useState<Language>('fr');
  const [largePrint, setLargePrint] = useState(false);
  const [window, setWindow] = useState(false);
  const query = new URLSearchParams({
    organisation,
    language,
    largePrint: String(largePrint),
    window: String(window),
  });
  return (
    <Panel title={translate('paper.preview.title')}>
      <Box sx={{ mb: 1.5 }}>{translate('paper.preview.what')}</Box>
      <FormControl margin="none">
        <FormLabel id="paper-language" sx={{ fontWeight: 700, fontSize: 15 }}>
          {translate('paper.preview.language')}
        </FormLabel>
        <RadioGroup
          row
          aria-labelledby="paper-language"
          value={language}
          onChange={(event) => setLanguage(event.target.value as Language)}
        >
          {(['fr', 'en'] as const).map((id) => (
            <FormControlLabel
              key={id}
              value={id}
              label={translate(`paper.preview.languages.${id}`)}
              control={<Radio size="small" />}
            />
          ))}
        </RadioGroup>
      </FormControl>
      <Tick label={translate('paper.preview.largePrint')} value={largePrint} onChange={setLargePrint} />
      <Tick label={translate('paper.preview.window')} value={window} onChange={setWindow} />
      <Box sx={{ mt: 1 }}>
        <FileButton variant="contained" path={`/letters/preview?${query}`}>
          {translate('paper.preview.button')}
        </FileButton>
      </Box>
    </Panel>
  );
};

type TickProps = { label: string; value: boolean; onChange: (value: boolean) => void };

const Tick = ({ label, value, onChange }: TickProps) => (
  <FormControlLabel
    sx={{ display: 'flex' }}
    label={label}
    control={<Checkbox size="small" checked={value} onChange={(event) => onChange(event.target.checked)} />}
  />
);

const Calibration = ({ organisation }: { organisation: string }) => {
  const translate = useTranslate();
  return (
    <Panel title={translate('paper.calibration.title')}>
      <Box component="ol" sx={{ m: 0, mb: 1.5, pl: 2.5, '& li': { mb: 0.5 } }}>
        {(['print', 'measure', 'fold'] as const).map((step) => (
          <li key={step}>{translate(`paper.calibration.${step}`)}</li>
        ))}
      </Box>
      <FileButton path={`/letters/calibration?${new URLSearchParams({ organisation })}`}>
        {translate('paper.calibration.button')}
      </FileButton>
    </Panel>
  );
};
