import { Box } from '@mui/material';
import { lazy, Suspense } from 'react';
import { useTranslate } from 'react-admin';
import type { Figures } from '../../../server/supervision/figures.schema.ts';
import { Panel } from '../shared/Page.tsx';
import { FigureTable } from './FigureTable.tsx';

// The drawing library is as large as a screen of ours: it comes when somebody looks at figures.
const FigureChart = lazy(() => import('./FigureChart.tsx').then((file) => ({ default: file.FigureChart })));

export type Group = Figures['groups'][number];
export type Stretch = Figures['stretches'][number];

/** One group of figures: its counts as bars, and beside them everything as a table. */
export const FigureGroup = ({ group, stretches }: { group: Group; stretches: Stretch[] }) => {
  const translate = useTranslate();
  return (
    <Panel title={group.title}>
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 5fr) minmax(0, 6fr)' },
          gap: 2,
        }}
      >
        <Box
          role="img"
          aria-label={translate('figures.chart', { title: group.title })}
          sx={{ height: chartHeight }}
        >
          <Suspense fallback={null}>
            <FigureChart figures={drawnOf(group)} stretches={stretches} isStacked={stacked.has(group.id)} />
          </Suspense>
        </Box>
        <FigureTable group={group} stretches={stretches} height={chartHeight} />
      </Box>
      <Meanings group={group} />
    </Panel>
  );
};

const chartHeight = 260;
const stacked = new Set(['acts']);
// Of each group, what is counted alike and can stand on one scale.
const drawn: Record<string, string[]> = {
  access: ['locks', 'unblocks', 'unblocks-together'],
  calls: ['calls', 'repeated'],
  proofs: ['proofs', 'proofs-failed'],
  letters: ['letters-asked', 'letters-posted'],
};

const drawnOf = ({ id, figures }: Group): Group['figures'] =>
  figures.filter((figure) => drawn[id]?.includes(figure.id) ?? true);

const Meanings = ({ group: { figures } }: { group: Group }) => {
  const translate = useTranslate();
  return (
    <Box component="details" sx={{ mt: 1, fontSize: 13, color: 'var(--ink-soft)' }}>
      <Box component="summary" sx={{ cursor: 'pointer', width: 'fit-content' }}>
        {translate('figures.meaning')}
      </Box>
      <Box component="dl" sx={{ m: 0, mt: 0.5 }}>
        {figures.map(({ id, label, meaning }) => (
          <Box key={id} sx={{ mb: 0.5 }}>
            <Box component="dt" sx={{ display: 'inline', fontWeight: 700 }}>
              {label}
            </Box>
            <Box component="dd" sx={{ display: 'inline', m: 0, ml: 1 }}>
              {meaning}
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
};
