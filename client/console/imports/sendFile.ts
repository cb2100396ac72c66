import { HttpError } from 'react-admin';
import type { Import } from '../../../server/imports/imports.schema.ts';
import { passwordAgain, sessionNow } from '../session.ts';

export type FileToSend = {
  organisation: string;
  content: Import['content'];
  extent: Import['extent'];
  lines: number | null;
  file: File;
};

/** Sends a file as it lies on the disk; `onSent` hears how many bytes have left. Only XMLHttpRequest tells that. */
export const sendFile = async (input: FileToSend, onSent: (bytes: number) => void): Promise<Import> => {
  try {
    return await post(input, onSent);
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 401 || !sessionNow().me) throw error;
    await passwordAgain();
    return post(input, onSent);
  }
};

const post = ({ file, lines, ...said }: FileToSend, onSent: (bytes: number) => void): Promise<Import> =>
  new Promise((resolve, reject) => {
    const query = new URLSearchParams({ ...said, ...(lines === null ? {} : { lines: String(lines) }) });
    const request = new XMLHttpRequest();
    request.open('POST', `/api/imports?${query}`);
    request.responseType = 'json';
    request.setRequestHeader('Content-Type', 'text/csv');
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Accept-Language', document.documentElement.lang || 'fr');
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onerror = () => reject(new HttpError('imports.upload.cut', 0));
    request.onload = () => {
      const body = request.response as { message?: string } | null;
      if (request.status >= 200 && request.status < 300) return resolve(body as Import);
      return reject(new HttpError(body?.message ?? 'shell.error.noWords', request.status, body));
    };
    request.send(file);
  });
