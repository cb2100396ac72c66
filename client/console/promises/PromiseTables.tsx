import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import type { PromiseKeeping } from '../../../server/supervision/promise-keeping.schema.ts';
import { useShares } from '../shared/useNumbers.ts';

type Row = PromiseKeeping['rows'][number];

/** A line for each destination, a column for each product: the share, the worst case, which one is the usual. */
export const KeepingTable = ({ found: { rows } }: { found: PromiseKeeping }) => {
  const translate = useTranslate();
  const products = firstOfEach(rows, ({ product }) => product);
  const zones = firstOfEach(rows, ({ zone }) => zone);
  return (
    <Figures
      label={translate('promises.keptLabel')}
      heads={[translate('promises.zone'), ...products.map(({ label }) => label)]}
      lines={zones.map(({ zone, zoneInWords }) => [
        zoneInWords,
        ...products.map(({ product }) => (
          <Kept key={product} row={rows.find((row) => row.zone === zone && row.product === product)} />
        )),
      ])}
    />
  );
};

const Kept = ({ row }: { row: Row | undefined }) => {
  const translate = useTranslate();
  const shareOf = useShares();
  if (!row) return <Box sx={soft}>{translate('promises.notCarried')}</Box>;
  const { share, worstMinutes, isDefault } = row;
  const worst = {
    days: Math.floor(worstMinutes / 1_440),
    hours: Math.floor((worstMinutes % 1_440) / 60),
    minutes: worstMinutes % 60,
  };
  return (
    <>
      {share !== null && <Share share={share}>{shareOf(share)}</Share>}
      {isDefault && ` ${translate('promises.usual')}`}
      <Box sx={soft}>
        {translate(worst.minutes === 0 ? 'promises.worst' : 'promises.worstMinutes', worst)}
      </Box>
    </>
  );
};

/** What each product would keep of other promises, where it goes first: in France, or abroad. */
export const ComparedTable = ({ found: { rows } }: { found: PromiseKeeping }) => {
  const translate = useTranslate();
  const shareOf = useShares();
  const products = firstOfEach(rows, ({ product }) => product);
  const promises = products[0]?.compared.map(({ promiseInWords }) => promiseInWords) ?? [];
  return (
    <Figures
      label={translate('promises.compared')}
      heads={[translate('promises.product'), ...promises]}
      lines={products.map(({ label, zoneInWords, compared }) => [
        <>
          {label} <Box sx={soft}>{zoneInWords}</Box>
        </>,
        ...compared.map(({ promiseInWords, share }) => (
          <Share key={promiseInWords} share={share}>
            {shareOf(share)}
          </Share>
        )),
      ])}
    />
  );
};

const Figures = ({ label, heads, lines }: { label: string; heads: string[]; lines: ReactNode[][] }) => (
  <Table size="small" aria-label={label}>
    <TableHead>
      <TableRow>
        {heads.map((head) => (
          <TableCell key={head}>{head}</TableCell>
        ))}
      </TableRow>
    </TableHead>
    <TableBody>
      {lines.map(([first, ...others], line) => (
        <TableRow key={line} sx={{ verticalAlign: 'top', '&:last-child > *': { borderBottom: 0 } }}>
          <TableCell component="th" scope="row">
            {first}
          </TableCell>
          {others.map((cell, column) => (
            <TableCell key={column}>{cell}</TableCell>
          ))}
        </TableRow>
      ))}
    </TableBody>
  </Table>
);

const Share = ({ share, children }: { share: number; children: ReactNode }) => (
  <Box component="b" sx={{ color: share < 1 ? 'var(--danger-ink)' : 'var(--open-ink)' }}>
    {children}
  </Box>
);

const soft = { fontSize: 13, color: 'var(--ink-soft)' };

const firstOfEach = (rows: Row[], keyOf: (row: Row) => string): Row[] =>
  rows.filter((row, at) => rows.findIndex((other) => keyOf(other) === keyOf(row)) === at);
