import { FormControl, FormControlLabel, FormLabel, Radio, RadioGroup } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { formatDay } from '../shared/dates.ts';

type Preview = NonNullable<MemberPage['letterPreview']>;
type Offer = Pick<Preview, 'product' | 'label' | 'announcedOn' | 'earliestArrivalOn' | 'keepsPromise'>;

/** By which product a letter leaves: the usual one, or a faster one that the organisation has, with its own date. */
export const useProduct = (preview: MemberPage['letterPreview']) => {
  const [chosen, setChosen] = useState<string | null>(null);
  const offers: Offer[] = preview ? [preview, ...preview.faster] : [];
  const offer = offers.find(({ product }) => product === chosen) ?? offers[0];
  const isUsual = offer?.product === preview?.product;
  return {
    offer,
    isUsual,
    /** What is asked besides. */
    asked: offer && !isUsual ? { product: offer.product } : {},
    field: (disabled: boolean): ReactNode =>
      preview && offers.length > 1 ? (
        <ProductChoice
          preview={preview}
          value={offer?.product ?? ''}
          disabled={disabled}
          onChange={setChosen}
        />
      ) : null,
  };
};

type ChoiceProps = {
  preview: Preview;
  value: string;
  disabled: boolean;
  onChange: (product: string) => void;
};

const ProductChoice = ({ preview, value, disabled, onChange }: ChoiceProps) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const day = ({ announcedOn }: Offer) => formatDay(announcedOn, locale);
  const label = (one: Offer, words: string) =>
    translate(`members.letter.by.${words}`, { label: one.label, day: day(one) });
  return (
    <FormControl disabled={disabled} sx={{ mt: 1, width: '100%' }}>
      <FormLabel id="product" sx={{ fontWeight: 700, fontSize: 15 }}>
        {translate('members.letter.by.title')}
      </FormLabel>
      <RadioGroup aria-labelledby="product" value={value} onChange={(event) => onChange(event.target.value)}>
        <Option value={preview.product} label={label(preview, 'usual')} />
        {preview.faster.map((one) => (
          <Option
            key={one.product}
            value={one.product}
            label={label(one, one.isProposed ? 'proposed' : 'faster')}
            isBold={one.isProposed}
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
};

const Option = ({ value, label, isBold }: { value: string; label: string; isBold?: boolean }) => (
  <FormControlLabel
    value={value}
    label={label}
    control={<Radio size="small" sx={{ py: 0.5 }} />}
    slotProps={{ typography: { sx: { fontWeight: isBold ? 700 : 400 } } }}
  />
);
