import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Group, Stretch } from './FigureGroup.tsx';
import { useFigureFormat } from './useFigures.ts';

type Props = { group: Group; stretches: Stretch[]; height: number };

/** Every number of a group: the whole period first, then stretch by stretch, the latest first. */
export const FigureTable = ({ group: { title, figures }, stretches, height }: Props) => {
  const translate = useTranslate();
  const format = useFigureFormat();
  const latestFirst = stretches.map((stretch, at) => ({ stretch, at })).reverse();
  return (
    <Box
      role="region"
      aria-label={title}
      // It scrolls, so the keyboard must be able to.
      tabIndex={0}
      sx={{ maxHeight: height, overflow: 'auto', border: '1px solid var(--line)', borderRadius: 1 }}
    >
      <Table size="small" stickyHeader aria-label={title} sx={tight}>
        <TableHead>
          <TableRow>
            <TableCell>{translate('figures.period')}</TableCell>
            {figures.map(({ id, label }) => (
              <TableCell key={id} align="right">
                {label}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          <TableRow sx={{ '& > th, & > td': { fontWeight: 700 } }}>
            <TableCell component="th" scope="row">
              {translate('figures.total')}
            </TableCell>
            {figures.map(({ id, unit, total }) => (
              <TableCell key={id} align="right">
                {format(unit, total)}
              </TableCell>
            ))}
          </TableRow>
          {latestFirst.map(({ stretch, at }) => (
            <TableRow key={stretch.from}>
              <TableCell component="th" scope="row" sx={{ whiteSpace: 'nowrap' }}>
                {stretch.label}
                {stretch.isProvisional && hasProvisional(figures) && <Provisional />}
              </TableCell>
              {figures.map(({ id, unit, values }) => (
                <TableCell key={id} align="right">
                  {format(unit, values[at] ?? null)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
};

const tight = { '& th, & td': { fontSize: 13, px: 1, py: 0.5, lineHeight: 1.3 } };

// Only what a later call can change.
const hasProvisional = (figures: Group['figures']): boolean =>
  figures.some(({ id }) => id === 'first-contact');

const Provisional = () => {
  const translate = useTranslate();
  return (
    <Box
      component="span"
      title={translate('figures.provisionalHelp')}
      sx={{ color: 'var(--ink-soft)', ml: 0.5 }}
    >
      ({translate('figures.provisional')})
    </Box>
  );
};
