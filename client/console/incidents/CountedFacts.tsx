import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Counted } from '../../../server/supervision/bulk.schema.ts';
import { Fact } from '../shared/Facts.tsx';
import { useNumbers } from '../shared/useNumbers.ts';

type Props = {
  counted: Counted;
  /** The same a while ago, when it was asked for. */
  before?: Counted | undefined;
  withLetters: boolean;
};

/** What a kill would end, secrets and letters apart: alike for whoever asks and whoever approves. */
export const CountedFacts = ({ counted, before, withLetters }: Props) => {
  const translate = useTranslate();
  const secrets = useSecretsInWords();
  return (
    <>
      {before && <Fact name={translate('incidents.bulk.facts.secrets')}>{secrets(before)}</Fact>}
      <Fact name={translate('incidents.bulk.facts.now')}>{secrets(counted)}</Fact>
      <LettersFact counted={counted} withLetters={withLetters} />
    </>
  );
};

/** Letters that are not yet posted: called back, or on their way all the same. */
export const LettersFact = ({ counted: { letters, printed }, withLetters }: Props) => {
  const translate = useTranslate();
  const format = useNumbers();
  const say = (key: string, count: number): string =>
    translate(`incidents.bulk.letters.${key}`, { smart_count: count, count: format(count) });
  const goesOut = letters > 0 && !withLetters;
  return (
    <Fact name={translate('incidents.bulk.facts.letters')}>
      <Box component="span" sx={goesOut ? { fontWeight: 700, color: 'error.main' } : undefined}>
        {letters === 0 ? translate('incidents.bulk.letters.none') : say(goesOut ? 'left' : 'ended', letters)}
      </Box>
      {printed > 0 && <Box>{say(withLetters ? 'waste' : 'printed', printed)}</Box>}
    </Fact>
  );
};

const kinds = ['temporary', 'links', 'codes'] as const;

/** « 3 mots de passe provisoires · 1 lien ». */
export const useSecretsInWords = (): ((counted: Counted) => string) => {
  const translate = useTranslate();
  const format = useNumbers();
  const say = (kind: string, count: number): string =>
    translate(`incidents.bulk.kinds.${kind}`, { smart_count: count, count: format(count) });
  return (counted) => {
    // One of a former version counted them all together.
    const isApart = counted.temporary + counted.links + counted.codes === counted.secrets;
    const shown = (isApart ? kinds.filter((kind) => counted[kind] > 0) : []).map((kind) =>
      say(kind, counted[kind]),
    );
    return shown.length > 0 ? shown.join(' · ') : say('secrets', counted.secrets);
  };
};
