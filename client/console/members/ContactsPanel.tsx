import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { MaskedContact } from '../../../server/members/members.schema.ts';
import { formatDay } from '../shared/dates.ts';
import { Fact, Facts } from '../shared/Facts.tsx';
import { MaskedField } from '../shared/MaskedField.tsx';
import { Panel } from '../shared/Page.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';

type Props = { contacts: MaskedContact[]; aside: ReactNode };

/** What is on file, masked, since when, and what makes each one unfit to be trusted. */
export const ContactsPanel = ({ contacts, aside }: Props) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  return (
    <Panel title={translate('members.contacts.title')} aside={aside}>
      {contacts.length === 0 && translate('members.contacts.none')}
      <Facts>
        {contacts.map((contact, index) => (
          <Fact key={index} name={translate(`members.contacts.${contact.kind}`)}>
            <MaskedField text={contact.masked} />{' '}
            <Box component="span" sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
              {contact.since === ''
                ? translate('members.contacts.sinceLong')
                : translate('members.contacts.since', { day: formatDay(contact.since, locale, 'short') })}
            </Box>
            <Marks contact={contact} />
          </Fact>
        ))}
      </Facts>
    </Panel>
  );
};

const Marks = ({ contact }: { contact: MaskedContact }) => {
  const translate = useTranslate();
  const marks = [
    contact.recent && 'recent',
    contact.shared && 'shared',
    contact.corrected && 'corrected',
    contact.metropolitan === false && 'overseas',
  ].filter((mark): mark is string => Boolean(mark));
  if (marks.length === 0) return null;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
      {marks.map((mark) => (
        <ToneChip key={mark} tone={mark === 'recent' || mark === 'shared' ? 'locked' : 'disabled'}>
          {translate(`members.contacts.${mark}`)}
        </ToneChip>
      ))}
    </Box>
  );
};
