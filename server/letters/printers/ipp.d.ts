/** What we use of ipp 1.1, which brings no types. */
declare module 'ipp' {
  type Value = string | number | boolean | Date | undefined | Value[] | { [name: string]: Value };
  type Group = Record<string, Value>;
  type Message = {
    version: string;
    operation?: string;
    statusCode?: string;
    id?: number;
    'operation-attributes-tag'?: Group;
    'job-attributes-tag'?: Group | Group[];
    'printer-attributes-tag'?: Group;
  };
  const ipp: {
    parse: ((bytes: Uint8Array) => Message) & {
      handleUnknownTag: (
        tag: number,
        name: string,
        length: number,
        read: (length: number) => string,
      ) => string | undefined;
    };
    serialize: (message: Message) => Buffer;
    attributes: Record<string, Record<string, unknown>>;
    keywords: Record<string, string[]>;
  };
  export = ipp;
}
