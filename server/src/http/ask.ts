/** What a request asks, read from it and checked, without anything of the HTTP server's. */

export interface Ask<Params = unknown, Query = unknown, Body = unknown> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly origin: string | undefined;
  readonly authorization: string | undefined;
  /** Of the client; of the proxy's client where the proxy is trusted. */
  readonly address: string;
  readonly refreshToken: string | undefined;
}
