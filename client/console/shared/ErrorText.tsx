import ErrorOutline from '@mui/icons-material/ErrorOutlined';
import { Box } from '@mui/material';
import { HttpError, useTranslate } from 'react-admin';

/** What the server said, with the sentences of each field below; read out as soon as it appears. */
export const ErrorText = ({ error, children }: { error: unknown; children?: React.ReactNode }) => {
  const translate = useTranslate();
  const message = messageOf(error);
  // A server that has only one thing to say says it as its message and beside the field.
  const fields = fieldsOf(error).filter(([, text]) => text !== message);
  return (
    <Box role="alert">
      {error ? (
        <Box
          sx={{
            display: 'flex',
            gap: 1,
            mt: 1.5,
            px: 1.5,
            py: 1,
            borderRadius: 1,
            color: 'var(--danger-ink)',
            backgroundColor: 'var(--danger-soft)',
          }}
        >
          <ErrorOutline aria-hidden sx={{ fontSize: 20, mt: '1px' }} />
          <Box>
            {translate(message)}
            {fields.map(([field, text]) => (
              <Box key={field}>{text}</Box>
            ))}
            {children}
          </Box>
        </Box>
      ) : null}
    </Box>
  );
};

export const messageOf = (error: unknown): string =>
  error instanceof HttpError && error.message ? error.message : 'shell.error.noWords';

/** What the server said beside one field; undefined when it said nothing of it. */
export const fieldErrorOf = (error: unknown, field: string): string | undefined =>
  fieldsOf(error).find(([name]) => name === field)?.[1];

/** Someone else changed it first, or the act is not what it was: reading again helps. */
export const isConflict = (error: unknown): boolean => error instanceof HttpError && error.status === 409;

const fieldsOf = (error: unknown): [string, string][] => {
  if (!(error instanceof HttpError)) return [];
  const errors = (error.body as { errors?: Record<string, unknown> } | undefined)?.errors ?? {};
  return Object.entries(errors).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
};
