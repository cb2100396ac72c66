import { Box } from '@mui/material';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { DayField } from '../shared/DayField.tsx';
import { FileButton } from '../shared/FileButton.tsx';
import { Panel } from '../shared/Page.tsx';
import { toParisField } from '../shared/parisClock.ts';

/** The record to sign and file, of a stretch of days. */
export const RecordOfPeriod = () => {
  const translate = useTranslate();
  const language = useLocale() ?? 'fr';
  const today = toParisField(new Date()).slice(0, 10);
  const [from, setFrom] = useState(`${today.slice(0, 8)}01`);
  const [to, setTo] = useState(today);
  const isRight = from !== '' && to !== '' && from <= to;
  return (
    <Panel title={translate('destructions.record.title')}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
        <DayField label={translate('destructions.record.from')} value={from} onChange={setFrom} />
        <DayField label={translate('destructions.record.to')} value={to} onChange={setTo} />
        <FileButton
          path={`/destructions/record?${new URLSearchParams({ from, to, language })}`}
          saveAs={`${translate('destructions.record.file')}-${from}-${to}.pdf`}
          disabled={!isRight}
        >
          {translate('destructions.record.button')}
        </FileButton>
      </Box>
    </Panel>
  );
};
