/** Where a stream writes. `write` waits for the reader and throws once it has gone. */
export type Outgoing = {
  begin: (contentType: string, fileName: string) => void;
  write: (bytes: Uint8Array) => Promise<void>;
  end: () => Promise<void>;
};

/** Where a feed tells what happens. */
export type Feed = {
  /** The last event that the reader has had. */
  after: number | null;
  /** Aborted once the reader has gone. */
  gone: AbortSignal;
  begin: () => void;
  send: (id: number, event: unknown) => void;
  /** Nothing happened; the line is still there. */
  rest: () => void;
  /** Nothing more will come, so that the reader does not ask again. */
  over: () => void;
  end: () => void;
};
