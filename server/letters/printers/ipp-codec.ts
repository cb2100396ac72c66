import ipp from 'ipp';

export type IppGroup = Record<string, unknown>;
export type IppRequest = {
  operation: 'Get-Printer-Attributes' | 'Print-Job' | 'Get-Job-Attributes' | 'Get-Jobs';
  /** `ipp://…`, as the printer knows itself. */
  uri: string;
  about?: Record<string, string | number | boolean | string[]>;
  job?: Record<string, string | number>;
};
export type IppAnswer = {
  isDone: boolean;
  /** Of a refusal: `client-error-…` or `server-error-…`. */
  status: string;
  printer: IppGroup;
  jobs: IppGroup[];
};

/** The head of a request; a document's bytes follow it as they are. */
export const writeRequest = ({ operation, uri, about, job }: IppRequest): Uint8Array =>
  ipp.serialize({
    // Understood by every printer and by CUPS; nothing of 2.0 is used.
    version: '1.1',
    operation,
    id: 1,
    'operation-attributes-tag': {
      'attributes-charset': 'utf-8',
      'attributes-natural-language': 'en',
      'printer-uri': uri,
      ...about,
    },
    ...(job && Object.keys(job).length > 0 && { 'job-attributes-tag': job }),
  });

/** @throws whatever the package throws on bytes that are no answer. */
export const readAnswer = (bytes: Uint8Array): IppAnswer => {
  const answer = ipp.parse(Buffer.from(bytes));
  const jobs = answer['job-attributes-tag'] ?? [];
  const status = answer.statusCode ?? 'unknown';
  return {
    isDone: status.startsWith('successful-ok'),
    status,
    printer: answer['printer-attributes-tag'] ?? {},
    jobs: Array.isArray(jobs) ? jobs : [jobs],
  };
};

/** One value or several: a printer says both. */
export const valuesOf = (group: IppGroup, name: string): unknown[] => {
  const value = group[name];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
};

// Newer than the package's tables; both are keywords.
const { attributes, keywords } = ipp;
const template = attributes['Job Template'] ?? {};
template['print-scaling'] = template.sides;
template['job-retain-until'] = template.sides;
keywords['print-scaling'] = ['none'];
keywords['job-retain-until'] = ['none'];
// Values « unknown » and « unsupported » are no reason to write to the terminal.
ipp.parse.handleUnknownTag = (_tag, _name, length, read) => (length > 0 ? read(length) : undefined);
