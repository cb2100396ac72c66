import Email from '@mui/icons-material/AlternateEmail';
import Sms from '@mui/icons-material/SmsOutlined';
import { Box, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { CallerVerification } from '../../../server/verifications/verifications.schema.ts';
import { MaskedField } from '../shared/MaskedField.tsx';
import { CodeField } from './CodeField.tsx';
import type { Stepping } from './useVerify.ts';
import { Proved, Way } from './Way.tsx';

const icons = { sms: Sms, email: Email };

type Props = Stepping & { codes: CallerVerification['codes']; isJustSent: boolean };

/** A code to a contact on file, read back by the caller: the quickest proof. */
export const CodeWay = ({ codes, isJustSent, ...stepping }: Props) => {
  const translate = useTranslate();
  const sent = codes.find(({ state }) => state === 'sent');
  const open = codes.filter(({ state }) => state === 'open');
  const done = codes.filter(({ state }) => state === 'done');
  return (
    <>
      {done.map(({ channel, masked }) => (
        <Proved key={channel}>{translate('verify.code.done', { masked })}</Proved>
      ))}
      {sent && <CodeField key={sent.channel} code={sent} hasFocus={isJustSent} {...stepping} />}
      {(sent || open.length > 0) && (
        <Way lead={translate(`verify.code.${sent ? 'again' : 'send'}`)}>
          {[...(sent ? [sent] : []), ...open].map(({ channel, masked }, index) => (
            <Send
              key={channel}
              channel={channel}
              masked={masked}
              isQuiet={sent !== undefined || index > 0}
              {...stepping}
            />
          ))}
        </Way>
      )}
    </>
  );
};

type SendProps = Stepping & { channel: 'sms' | 'email'; masked: string; isQuiet: boolean };

const Send = ({ channel, masked, isQuiet, step, isPending }: SendProps) => {
  const translate = useTranslate();
  const Icon = icons[channel];
  const by = translate(`verify.code.by.${channel}`);
  return (
    <Button
      size="small"
      variant={isQuiet ? 'outlined' : 'contained'}
      startIcon={<Icon />}
      disabled={isPending}
      aria-label={translate('verify.code.sendBy', { by, masked })}
      onClick={() => step({ method: 'send-code', channel })}
    >
      {by}{' '}
      <Box component="span" sx={{ ml: 1, fontWeight: 400 }}>
        <MaskedField text={masked} />
      </Box>
    </Button>
  );
};
