import Layers from '@mui/icons-material/LayersOutlined';
import { Button, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { WaitingLetters as Waiting } from '../../../server/letters/lots.schema.ts';
import { getJson } from '../request.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { useProductName } from '../shared/OrganisationField.tsx';
import { Panel } from '../shared/Page.tsx';
import { Moment } from '../shared/PromiseDate.tsx';
import { Urgency } from '../shared/Urgency.tsx';
import { useMay, useOrganisationName } from '../shared/useMe.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { MakeLotDialog } from './MakeLotDialog.tsx';

const path = `/waiting-letters?${new URLSearchParams({ sort: '["latestPostingAt","ASC"]', range: '[0,99]' })}`;

/** What waits, the most urgent first: one line for each organisation and postal product. */
export const WaitingLetters = () => {
  const translate = useTranslate();
  const [made, setMade] = useState<Waiting | null>(null);
  const { data, error } = useQuery({
    queryKey: ['waiting-letters'],
    queryFn: ({ signal }) => getJson<Waiting[]>(path, { signal, background: true }),
    refetchInterval: 60_000,
    staleTime: 0,
  });
  return (
    <Panel title={translate('lots.waiting.title')}>
      <ErrorText error={error} />
      {data?.length === 0 && translate('lots.waiting.none')}
      {data && data.length > 0 && <WaitingTable rows={data} onMake={setMade} />}
      {made && <MakeLotDialog waiting={made} onClose={() => setMade(null)} />}
    </Panel>
  );
};

const WaitingTable = ({ rows, onMake }: { rows: Waiting[]; onMake: (waiting: Waiting) => void }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const nameOf = useOrganisationName();
  const productOf = useProductName();
  const mayMake = useMay('lot.make');
  return (
    <Table size="small" aria-label={translate('lots.waiting.title')} sx={{ '& td, & th': { px: 1.25 } }}>
      <TableHead>
        <TableRow>
          <TableCell>{translate('lots.waiting.organisation')}</TableCell>
          <TableCell>{translate('lots.waiting.product')}</TableCell>
          <TableCell align="right">{translate('lots.waiting.letters')}</TableCell>
          <TableCell>{translate('lots.waiting.before')}</TableCell>
          <TableCell>{translate('lots.waiting.state')}</TableCell>
          {mayMake && <TableCell />}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id} sx={{ '&:last-child td': { borderBottom: 0 } }}>
            <TableCell sx={{ fontWeight: 700 }}>{nameOf(row.organisationId)}</TableCell>
            <TableCell>{productOf(row.organisationId, row.product)}</TableCell>
            <TableCell align="right" sx={{ fontSize: 17, fontWeight: 700 }}>
              {format(row.letters)}
            </TableCell>
            <TableCell>
              <Moment at={row.latestPostingAt} />
            </TableCell>
            <TableCell>
              <Urgency late={row.late} atRisk={row.atRisk} />
            </TableCell>
            {mayMake && (
              <TableCell align="right">
                <Button
                  size="small"
                  variant="outlined"
                  startIcon={<Layers />}
                  onClick={() => onMake(row)}
                  aria-label={translate('lots.make.of', {
                    organisation: nameOf(row.organisationId),
                    product: productOf(row.organisationId, row.product),
                  })}
                >
                  {translate('lots.make.button')}
                </Button>
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
};
