/** What the tests use of ipp-encoder 4 and of the parts of ipp-printer 1, which bring no types. */
declare module 'ipp-encoder' {
  export type Attribute = { tag: number; name: string; value: unknown };
  export type Group = { tag: number; attributes: Attribute[] };
  export type Request = {
    version: { major: number; minor: number };
    operationId: number;
    requestId: number;
    groups: { tag: number; attributes: { tag: number; name: string; value: unknown[] }[] }[];
    data: Buffer;
  };
  const encoder: {
    CONSTANTS: Record<string, number>;
    STATUS_CODES: Record<number, string>;
    request: { decode: (bytes: Buffer) => Request };
    response: {
      encode: (answer: { statusCode: number; requestId: number; groups: Group[] }) => Buffer;
    };
  };
  export = encoder;
}

declare module 'ipp-printer/lib/printer.js' {
  const Printer: { prototype: object };
  export = Printer;
}
declare module 'ipp-printer/lib/operations.js' {
  type Operation = (printer: object, req: object, res: object) => void;
  const operations: Record<
    'printJob' | 'getPrinterAttributes' | 'getJobs' | 'getJobAttributes' | 'validateJob' | 'cancelJob',
    Operation
  >;
  export = operations;
}
