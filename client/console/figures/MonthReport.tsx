import { Box, TextField } from '@mui/material';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { FileButton } from '../shared/FileButton.tsx';
import { Panel } from '../shared/Page.tsx';
import { toParisField } from '../shared/parisClock.ts';

/** The figures of a month on paper, of the organisation chosen above or of all. */
export const MonthReport = ({ organisation }: { organisation: string }) => {
  const translate = useTranslate();
  const language = useLocale() ?? 'fr';
  const [month, setMonth] = useState(toParisField(new Date()).slice(0, 7));
  const query = new URLSearchParams({ month, language, ...(organisation && { organisation }) });
  return (
    <Panel title={translate('figures.report')}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
        <TextField
          type="month"
          margin="none"
          label={translate('figures.month')}
          value={month}
          slotProps={{ inputLabel: { shrink: true } }}
          onChange={(event) => setMonth(event.target.value)}
        />
        <FileButton
          path={`/figures/report?${query}`}
          saveAs={`${translate('figures.reportFile')}-${month}.pdf`}
          disabled={month === ''}
        >
          {translate('figures.reportButton')}
        </FileButton>
      </Box>
    </Panel>
  );
};
