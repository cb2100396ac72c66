import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { Fact, Facts } from '../shared/Facts.tsx';
import { Panel } from '../shared/Page.tsx';
import { PromiseDate } from '../shared/PromiseDate.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';
import { NirField } from './NirField.tsx';

/** Who this is: identifiers masked, marks that change how one speaks to them. */
export const IdentityPanel = ({ member, aside }: { member: MemberPage; aside: ReactNode }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const { identity } = member;
  return (
    <Panel title={translate('members.identity.title')} aside={aside}>
      <Facts>
        <Fact name={translate('members.nir.label')}>
          <NirField member={member} />
        </Fact>
        <Fact name={translate('members.identity.memberNumber')}>
          {identity.memberNumber}
          {identity.rank && ` · ${translate('members.identity.rank', { rank: identity.rank })}`}
        </Fact>
        <Fact name={translate('members.identity.signsInWith')}>{member.signsInWith}</Fact>
        {identity.spaceType && (
          <Fact name={translate('members.identity.spaceType')}>
            {translate(`members.spaceType.${identity.spaceType}`)}
          </Fact>
        )}
        {identity.company && <Fact name={translate('members.identity.company')}>{identity.company}</Fact>}
        {identity.representative && (
          <Fact name={translate('members.identity.representative')}>{identity.representative}</Fact>
        )}
        {identity.language !== 'fr' && (
          <Fact name={translate('members.identity.language')}>{languageName(identity.language, locale)}</Fact>
        )}
        <Fact name={translate('members.identity.address')}>
          <Address identity={identity} />
        </Fact>
      </Facts>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 0.75,
          mt: identity.protected || identity.largePrint ? 1 : 0,
        }}
      >
        {identity.protected && <ToneChip tone="danger">{translate('members.identity.protected')}</ToneChip>}
        {identity.largePrint && <ToneChip tone="fresh">{translate('members.identity.largePrint')}</ToneChip>}
      </Box>
    </Panel>
  );
};

const Address = ({ identity }: { identity: MemberPage['identity'] }) => {
  const translate = useTranslate();
  if (identity.address.length === 0) return translate('members.identity.noAddress');
  return (
    <>
      {identity.address.map((line, index) => (
        <Box key={index}>{line}</Box>
      ))}
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
        {identity.addressSince === '' ? (
          translate('members.identity.addressSinceLong')
        ) : (
          <>
            {translate('members.identity.addressSince', { day: '' })}
            <PromiseDate day={identity.addressSince} short />
          </>
        )}
      </Box>
      {identity.addressRecent && (
        <ToneChip tone="locked">{translate('members.identity.addressRecent')}</ToneChip>
      )}
      {identity.addressDoubtful && (
        <ToneChip tone="danger">{translate('members.identity.addressDoubtful')}</ToneChip>
      )}
    </>
  );
};

const languageName = (code: string, locale: string): string =>
  new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;
