import FileDownload from '@mui/icons-material/FileDownloadOutlined';
import { Box, Button, FormControlLabel, Radio, RadioGroup } from '@mui/material';
import { useState } from 'react';
import { useListContext, useTranslate } from 'react-admin';
import type { OwnProof } from '../../../server/agents/agents.schema.ts';
import type { ExportFormat } from '../../../server/supervision/audit-exports.schema.ts';
import { fetchFile } from '../requestFile.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { errorBesideProof, isProved, ProofField } from '../shared/ProofField.tsx';
import { saveFile } from '../shared/saveFile.ts';
import { toParisField } from '../shared/parisClock.ts';
import { useAct } from '../shared/useAct.ts';
import { useMay } from '../shared/useMe.ts';
import { useNumbers } from '../shared/useNumbers.ts';

/** Hands what the list's filters select to the browser, once it is known again who sits there. */
export const ExportButton = () => {
  const translate = useTranslate();
  const mayExport = useMay('audit.export');
  const [isOpen, setOpen] = useState(false);
  if (!mayExport) return null;
  return (
    <>
      <Button size="small" variant="outlined" startIcon={<FileDownload />} onClick={() => setOpen(true)}>
        {translate('audit.export.button')}
      </Button>
      {isOpen && <ExportDialog onClose={() => setOpen(false)} />}
    </>
  );
};

const formats: ExportFormat[] = ['csv', 'json'];
const endings = { csv: 'csv', json: 'jsonl' };

const ExportDialog = ({ onClose }: { onClose: () => void }) => {
  const translate = useTranslate();
  const numbers = useNumbers();
  const { filterValues, total = 0 } = useListContext();
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [proof, setProof] = useState<OwnProof>({});
  const filter = Object.fromEntries(Object.entries(filterValues).filter(([, value]) => isSet(value)));
  const take = useAct(
    (given: OwnProof) => fetchFile('/audit-exports', { filter, format, ...given }),
    (file) => {
      const moment = toParisField(new Date()).replace(':', '').replace('T', '-');
      saveFile(file, `${translate('audit.export.file')}-${moment}.${endings[format]}`);
      onClose();
    },
  );
  return (
    <ActionDialog
      title={translate('audit.export.title')}
      confirm={translate('audit.export.confirm')}
      canConfirm={isProved(proof)}
      isPending={take.isPending}
      error={errorBesideProof(take.error)}
      onConfirm={() => take.mutate(proof)}
      onClose={onClose}
    >
      <WhatHappens>
        {translate('audit.export.what', { smart_count: total, rows: numbers(total) })}
      </WhatHappens>
      <RadioGroup
        aria-label={translate('audit.export.format')}
        value={format}
        onChange={(event) => setFormat(event.target.value as ExportFormat)}
        sx={{ mb: 1.5 }}
      >
        {formats.map((one) => (
          <FormControlLabel
            key={one}
            value={one}
            control={<Radio size="small" />}
            label={
              <Box>
                {translate(`audit.export.formats.${one}.name`)}
                <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
                  {translate(`audit.export.formats.${one}.what`)}
                </Box>
              </Box>
            }
          />
        ))}
      </RadioGroup>
      <ProofField proof={proof} error={take.error} onChange={setProof} />
    </ActionDialog>
  );
};

const isSet = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
