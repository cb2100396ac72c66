import { DataTable, useTranslate } from 'react-admin';
import type { Letter } from '../../../server/letters/letters.schema.ts';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import { CancelButton } from '../letters/CancelButton.tsx';
import { LetterStateChip, TestChip, TimelinessChip } from '../shared/LetterChips.tsx';
import { PlainList } from '../shared/ListScreen.tsx';
import { Panel } from '../shared/Page.tsx';
import { PromiseDate } from '../shared/PromiseDate.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useMay } from '../shared/useMe.ts';

/** The letters of a lot in the order of their sheets. */
export const LotLetters = ({ lot, onReload }: { lot: Lot; onReload: () => void }) => {
  const translate = useTranslate();
  const mayCancel = useMay('letter.cancel') && lot.state === 'made';
  if (!useMay('letter.list')) return null;
  return (
    <Panel title={translate('lots.inside')}>
      <PlainList
        resource="letters"
        filter={{ lotId: lot.id }}
        sort={{ field: 'sheet', order: 'ASC' }}
        disableSyncWithLocation
        storeKey={false}
      >
        <DataTable<Letter> bulkActionButtons={false} rowClick={false}>
          <DataTable.NumberCol source="sheet" disableSort />
          <DataTable.Col<Letter>
            source="reference"
            disableSort
            render={({ reference, isTest }) => (
              <>
                {reference} {isTest && <TestChip />}
              </>
            )}
          />
          <DataTable.Col source="postcode" disableSort />
          <DataTable.Col<Letter>
            source="state"
            disableSort
            render={({ state }) => <LetterStateChip state={state} />}
          />
          <DataTable.Col<Letter>
            source="latestPostingAt"
            disableSort
            render={({ latestPostingAt }) => <ShortMoment at={latestPostingAt} />}
          />
          <DataTable.Col<Letter>
            source="timeliness"
            disableSort
            render={({ timeliness }) => <TimelinessChip timeliness={timeliness} />}
          />
          <DataTable.Col<Letter>
            source="announcedOn"
            disableSort
            render={({ announcedOn }) => <PromiseDate day={announcedOn} short />}
          />
          <DataTable.Col source="problem" disableSort />
          {mayCancel && (
            <DataTable.Col<Letter>
              source="version"
              label={false}
              disableSort
              render={(letter) => <CancelButton letter={letter} onCancelled={onReload} />}
            />
          )}
        </DataTable>
      </PlainList>
    </Panel>
  );
};
