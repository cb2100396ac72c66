import { Box } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Destruction } from '../../../server/letters/destructions.schema.ts';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import { getJson } from '../request.ts';
import { formatDay } from '../shared/dates.ts';
import { FileButton } from '../shared/FileButton.tsx';
import { Panel } from '../shared/Page.tsx';
import { useMay } from '../shared/useMe.ts';

/** Which sheets of this lot are waste, why, and whether somebody has attested that they are gone. */
export const WasteOfLot = ({ lot }: { lot: Lot }) => {
  const translate = useTranslate();
  const language = useLocale() ?? 'fr';
  const { data = [] } = useQuery({
    queryKey: ['destructions', 'of-lot', lot.id, lot.version],
    queryFn: ({ signal }) => getJson<Destruction[]>(pathOf(lot), { signal, background: true }),
    staleTime: 0,
    enabled: useMay('destruction.list'),
  });
  if (data.length === 0) return null;
  const isOpen = data.some(({ witnessedAt }) => witnessedAt === null);
  const sheets = [...data].sort((a, b) => placeOf(a) - placeOf(b));
  return (
    <Panel title={translate('printing.waste.title')}>
      <Box component="ul" sx={{ m: 0, mb: 1.5, pl: 2.5 }}>
        {sheets.map((one) => (
          <li key={one.id}>
            <Line one={one} />
          </li>
        ))}
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
        <FileButton
          size="small"
          path={`/destructions/record?${new URLSearchParams({ lotId: lot.id, language })}`}
          saveAs={`${translate('destructions.record.file')}-${lot.number}.pdf`}
        >
          {translate('printing.waste.record')}
        </FileButton>
        {isOpen && <Link to="/destructions">{translate('printing.waste.link')}</Link>}
      </Box>
    </Panel>
  );
};

/** Attempt after attempt, sheet after sheet. */
const placeOf = ({ attempt, fromSheet }: Destruction): number => (attempt ?? 0) * 1e6 + (fromSheet ?? 0);

const pathOf = ({ id }: Lot): string =>
  `/destructions?${new URLSearchParams({
    filter: JSON.stringify({ lotId: id }),
    sort: '["declaredAt","ASC"]',
    range: '[0,99]',
  })}`;

const Line = ({ one }: { one: Destruction }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const day = formatDay(one.dueOn, locale);
  const state = one.witnessedAt ? 'done' : one.isOverdue ? 'late' : 'open';
  return (
    <>
      <b>
        {translate('printing.waste.line', {
          smart_count: one.sheets,
          attempt: one.attempt,
          from: one.fromSheet,
          to: one.toSheet,
        })}
      </b>{' '}
      ({one.kindInWords}) : {translate(`printing.waste.${state}`, { day, name: one.witnessedByName })}
    </>
  );
};
