/** What the panel talks to, played by a test: the visitor's routes, the socket, and an agent who does as told. */

import { readFile } from 'node:fs/promises';
import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { EngagementView, Receipt, SiteConfig } from '@alongside/protocol';
import { Server } from 'socket.io';

export const siteKey = 'site_0123456789abcdefghijkl';
const sdkFolder = fileURLToPath(new URL('../../visitor-sdk/dist/sdk/v1/', import.meta.url));
const agent = { agentId: '22222222-2222-4222-8222-222222222222', displayName: 'Aki', connected: true };
const lead = { ...agent, role: 'lead', place: 1, since: 0, supervises: false, noticed: true, hidden: false };

type Json = Record<string, unknown>;
type Line = { number: number; lineId: string; from: 'visitor' | 'agent'; text: string; at: number };

export class PanelService {
  readonly requests: { readonly method: string; readonly path: string; readonly cookies: boolean }[] = [];
  readonly commands: { readonly name: string; readonly body: Json }[] = [];
  readonly lines: Line[] = [];
  config: Json;
  view: Json | undefined;
  storage: 'up' | 'down' = 'up';
  /** Answers of commands by name, where a test wants another than "done". */
  readonly answers = new Map<string, (body: Json) => Json>();
  /** What becomes of a file of the SDK on its way. */
  changeFile = (_name: string, text: string): string => text;
  originAllowed = true;
  /** The code that every new socket is refused with. */
  refuseSockets: string | undefined;
  pageHeaders: Record<string, string> = {};
  pageBody =
    '<h1>A page</h1><p>Some text.</p><label>Field <input id="field"></label><a href="/next">next</a>';
  htmlLanguage = 'en';
  httpDown = false;
  survey: Json | undefined;
  erased: Json | undefined;
  #returnHash: string | undefined;
  #tickets = 0;
  readonly #http: HttpServer;
  readonly #io: Server;

  private constructor() {
    this.#http = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.writeHead(500).end());
    });
    this.#io = new Server(this.#http, { transports: ['websocket'] });
    this.config = siteConfig() as unknown as Json;
    this.#listen();
  }

  static async start(): Promise<PanelService> {
    const service = new PanelService();
    await new Promise<void>((resolve) => service.#http.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  url(path = '/', host = 'shop.localhost'): string {
    return `http://${host}:${this.port}${path}`;
  }

  async close(): Promise<void> {
    this.#io.disconnectSockets(true);
    await this.#io.close();
    this.#http.closeAllConnections();
  }

  command(name: string): Json | undefined {
    return this.commands.findLast((each) => each.name === name)?.body;
  }

  change(part: Json, because = 'session:synchronised'): void {
    if (this.view === undefined) throw new Error('No engagement has begun.');
    this.view = { ...this.view, ...part, version: Number(this.view.version) + 1 };
    this.#io.of('/visitor').emit('engagement:changed', { engagement: this.view, because });
  }

  accept(): void {
    this.change({ phase: 'active', agent, agents: [lead] }, 'engagement:accepted');
  }

  say(text: string): void {
    const line: Line = {
      number: this.lines.length + 1,
      lineId: crypto.randomUUID(),
      from: 'agent',
      text,
      at: Date.now(),
    };
    this.lines.push(line);
    if (this.view !== undefined) this.view.lastChatNumber = line.number;
    this.#io.of('/visitor').emit('chat:said', { engagementId: this.view?.engagementId, line });
  }

  type(typing: boolean): void {
    this.#io
      .of('/visitor')
      .emit('chat:typed', { engagementId: this.view?.engagementId, party: 'agent', typing });
  }

  setStorage(storage: 'up' | 'down'): void {
    this.storage = storage;
    this.#io.of('/visitor').emit('session:statusChanged', { calls: { state: 'ready' }, storage });
  }

  askView(): string {
    const askId = crypto.randomUUID();
    const expiresAt = Date.now() + 60_000;
    this.change({ view: { state: 'asked', askId, kinds: ['point', 'draw'], expiresAt } }, 'view:asked');
    return askId;
  }

  askControl(leaseMs = 120_000): string {
    const askId = crypto.randomUUID();
    const expiresAt = Date.now() + 60_000;
    const asked = { askId, kinds: ['scroll', 'click', 'type'], leaseMs, expiresAt };
    this.change({ control: { ...(this.view?.control as Json), asked } }, 'control:asked');
    return askId;
  }

  askCall(media: 'voice' | 'video'): string {
    const askId = crypto.randomUUID();
    this.change(
      { call: { state: 'asked', askId, by: 'agent', media, expiresAt: Date.now() + 60_000 } },
      'call:asked',
    );
    return askId;
  }

  end(by: 'visitor' | 'agent'): void {
    const reason = by === 'visitor' ? 'visitorEnded' : 'agentEnded';
    const off = { view: { state: 'off' }, control: { leases: [] }, call: { state: 'off' } };
    this.change({ phase: 'wrapUp', ...off, ended: { by, reason, at: Date.now() } }, 'engagement:ended');
  }

  dropSockets(): void {
    this.#io.of('/visitor').disconnectSockets(true);
  }

  #listen(): void {
    this.#io.of('/visitor').use((_socket, next) => {
      const code = this.refuseSockets;
      next(code === undefined ? undefined : Object.assign(new Error('refused'), { data: { code } }));
    });
    this.#io.of('/visitor').on('connection', (socket) => {
      const open = () => {
        const status = { calls: { state: 'ready' }, storage: this.storage };
        const pass = crypto.randomUUID();
        const opened = { pass, now: Date.now(), engagement: this.view, ...status };
        socket.emit('session:opened', opened, () => undefined);
      };
      if (this.view === undefined) socket.disconnect(true);
      else open();
      socket.onAny((name: string, body: Json, reply: (value: Json) => void) => {
        this.commands.push({ name, body });
        reply(this.#run(name, body));
      });
    });
  }

  #run(name: string, body: Json): Json {
    const given = this.answers.get(name);
    if (given !== undefined) return given(body);
    if (name === 'chat:send') return this.#takeLine(body);
    if (name === 'view:grant') this.#soon(() => this.change({ view: viewOn() }, 'view:granted'));
    if (name === 'view:refuse' || name === 'view:stop')
      this.#soon(() => this.change({ view: { state: 'off' } }, 'view:stopped'));
    if (name === 'control:grant') this.#soon(() => this.#lease());
    if (name === 'control:refuse' || name === 'control:end')
      this.#soon(() => this.change({ control: { leases: [] } }, 'control:ended'));
    if (name === 'engagement:end') this.#soon(() => this.end('visitor'));
    return { ok: true, value: {} };
  }

  #lease(): void {
    const { control } = this.view ?? {};
    const { asked } = control as { asked: { kinds: string[]; leaseMs: number } };
    const { kinds, leaseMs } = asked;
    const lease = { lease: 3, agentId: agent.agentId, kinds, expiresAt: Date.now() + leaseMs };
    this.change({ control: { leases: [lease] } }, 'control:granted');
  }

  #soon(act: () => void): void {
    setImmediate(act);
  }

  #takeLine(body: Json): Json {
    if (this.storage === 'down') return { ok: false, refusal: { code: 'storageUnavailable' } };
    const known = this.lines.find((line) => line.lineId === body.lineId);
    if (known !== undefined) return { ok: true, value: { number: known.number, at: known.at } };
    const line: Line = {
      number: this.lines.length + 1,
      lineId: String(body.lineId),
      from: 'visitor',
      text: String(body.text),
      at: Date.now(),
    };
    this.lines.push(line);
    return { ok: true, value: { number: line.number, at: line.at } };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://host');
    const { method = 'GET' } = request;
    if (url.pathname.startsWith('/socket.io')) return;
    this.requests.push({ method, path: url.pathname, cookies: request.headers.cookie !== undefined });
    if (url.pathname.startsWith('/sdk/v1/')) return this.#sendFile(url.pathname.slice(8), response);
    if (url.pathname.startsWith('/v1/')) return this.#sendApi(request, response, url);
    response.writeHead(200, { 'content-type': 'text/html', ...this.pageHeaders });
    const script = `<script async src="${this.url('/sdk/v1/loader.js', 'console.localhost')}" data-alongside-site="${siteKey}"></script>`;
    response.end(
      `<!doctype html><html lang="${this.htmlLanguage}"><head><meta charset="utf-8"><title>Page</title>${script}</head><body>${this.pageBody}</body></html>`,
    );
  }

  async #sendFile(name: string, response: ServerResponse): Promise<void> {
    const text = await readFile(`${sdkFolder}${name}`, 'utf8').catch(() => undefined);
    response.writeHead(text === undefined ? 404 : 200, {
      'content-type': 'text/javascript',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    response.end(text === undefined ? undefined : this.changeFile(name, text));
  }

  async #sendApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const cors: Record<string, string> = {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization, content-type',
    };
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json', ...cors }).end(JSON.stringify(body));
    };
    if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end();
    let text = '';
    for await (const chunk of request) text += String(chunk);
    if (!this.originAllowed) return send(403, { refusal: { code: 'originNotAllowed' } });
    if (url.pathname.endsWith('/config')) return send(200, this.config);
    if (this.httpDown) return send(503, { refusal: { code: 'storageUnavailable' } });
    if (request.method === 'POST' && url.pathname.endsWith('/engagements'))
      return send(200, this.#begin(JSON.parse(text) as Json));
    if (!(await this.#isKnown(request.headers.authorization)))
      return send(401, { refusal: { code: 'notAdmitted' } });
    send(200, this.#visitorRoute(url, text));
  }

  #begin(body: Json): Json {
    this.#returnHash = String(body.returnHash);
    const first = body.firstLine as { lineId: string; text: string };
    this.lines.splice(0, Infinity, {
      number: 1,
      lineId: first.lineId,
      from: 'visitor',
      text: first.text,
      at: Date.now(),
    });
    this.view = {
      engagementId: body.engagementId,
      siteId: '11111111-1111-4111-8111-111111111111',
      siteName: 'Hazel & Oak',
      phase: 'waiting',
      version: 1,
      requestedAt: Date.now() - 83_000,
      visitor: { language: body.language, connected: true },
      view: { state: 'off' },
      control: { leases: [] },
      call: { state: 'off' },
      lastChatNumber: 1,
    } satisfies Partial<Record<keyof EngagementView, unknown>>;
    return { ...this.#ticket(), firstLine: this.lines[0] };
  }

  #ticket(): Json {
    this.#tickets += 1;
    return { ticket: `ticket-${this.#tickets}`, liveUrl: this.url('', 'live.localhost').replace(/\/$/, '') };
  }

  async #isKnown(authorization: string | undefined): Promise<boolean> {
    const [, id, secret] = /^Alongside ([^.]+)\.(.+)$/.exec(authorization ?? '') ?? [];
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret));
    return id === this.view?.engagementId && Buffer.from(hash).toString('base64url') === this.#returnHash;
  }

  #visitorRoute(url: URL, text: string): unknown {
    switch (url.pathname) {
      case '/v1/engagements/return': {
        const ended = this.view?.ended !== undefined;
        return ended
          ? { phase: 'wrapUp', surveyOpen: this.survey === undefined }
          : { phase: this.view?.phase, surveyOpen: false, ...this.#ticket() };
      }
      case '/v1/engagements/lines':
        return { lines: this.lines.filter((line) => line.number > Number(url.searchParams.get('after'))) };
      case '/v1/engagements/survey':
        this.survey = JSON.parse(text) as Json;
        return {};
      case '/v1/engagements/receipt':
        return this.#receipt();
      case '/v1/engagements/export.csv':
        return 'class,kind,at,name,value';
      case '/v1/engagements/export':
        return {
          format: 'alongside-export/1',
          receipt: this.#receipt(),
          transcript: this.lines,
          metadata: [],
        };
      default:
        this.erased = {
          erasureId: '33333333-3333-4333-8333-333333333333',
          at: Date.now(),
          erased: { transcript: this.lines.length, survey: 1 },
          remains: [{ class: 'metadata', rows: 9, keptUntil: Date.now() + 9e9, reason: 'legalInterest' }],
        };
        return this.erased;
    }
  }

  #receipt(): Receipt {
    const basis = {
      basis: 'NONE_DOMESTIC',
      fromCountry: 'FI',
      toCountry: 'FI',
      decisionId: 'd',
      decidedAt: 1,
    } as const;
    const clauses = { ...basis, basis: 'SCC_M2', toCountry: 'IN', reference: 'Contract 2026-4' } as const;
    const erasedAt = this.erased === undefined ? undefined : Number(this.erased.at);
    const kept = { keptUntil: Date.now() + 9e9, storageCountry: 'FI' };
    const from = Date.now() - 600_000;
    return {
      engagementId: this.view?.engagementId as Receipt['engagementId'],
      siteName: 'Hazel & Oak',
      controller: 'Hazel & Oak Oy',
      contact: 'privacy@hazel.example',
      requestedAt: from,
      endedAt: Date.now(),
      noticeVersion: 2,
      attendance: [
        { displayName: 'Aki', country: 'FI', what: 'chat', from, to: Date.now() },
        { displayName: 'Aki', country: 'FI', what: 'view', from: from + 60_000, to: Date.now() },
      ],
      acts: [
        { kind: 'click', count: 3 },
        { kind: 'point', count: 1 },
      ],
      consents: [
        { scope: 'view', act: 'granted', at: from + 60_000 },
        { scope: 'video', act: 'refused', at: from + 90_000 },
      ],
      held: [
        { class: 'transcript', rows: this.lines.length, erasedAt, ...kept, bases: [basis, clauses] },
        { class: 'survey', rows: this.survey === undefined ? 0 : 1, erasedAt, ...kept, bases: [basis] },
        { class: 'metadata', rows: 9, erasedAt: undefined, ...kept, bases: [basis] },
      ],
    };
  }
}

function siteConfig(): Omit<SiteConfig, 'siteId'> {
  return {
    siteName: 'Hazel & Oak',
    languages: ['en', 'de'],
    origins: [],
    cookieDomain: 'shop.localhost',
    accent: '#2d5540',
    staffed: true,
    maskingChangedAt: 0,
    notice: {
      version: 2,
      language: 'en',
      controller: 'Hazel & Oak Oy',
      contact: 'privacy@hazel.example',
      body: 'We help you with your order.\n\nWrite to us at any time.',
      recipients: [],
      keptMonths: { transcript: 3, survey: 3, metadata: 1 },
      storageCountry: 'FI',
      publishedAt: 1_760_000_000_000,
      basis: {
        basis: 'NONE_DIRECT_FROM_SUBJECT',
        fromCountry: 'FI',
        toCountry: 'FI',
        decisionId: 'd',
        decidedAt: 1,
      },
    },
    masking: {
      text: 'shown',
      maskSelectors: [],
      blockSelectors: [],
      allowSelectors: [],
      noControlSelectors: [],
    },
    survey: {
      version: 4,
      publishedAt: 1,
      form: {
        intro: { en: 'Four short questions.', de: 'Vier kurze Fragen.' },
        questions: [
          {
            kind: 'rating',
            id: 'overall',
            label: { en: 'How was the help?', de: 'Wie war die Hilfe?' },
            required: true,
            max: 5,
          },
          {
            kind: 'scale',
            id: 'recommend',
            label: { en: 'Would you recommend us?', de: 'Würden Sie uns empfehlen?' },
            required: false,
            low: { en: 'never', de: 'nie' },
            high: { en: 'gladly', de: 'gern' },
          },
          {
            kind: 'choice',
            id: 'reason',
            label: { en: 'What was it about?', de: 'Worum ging es?' },
            required: false,
            multiple: true,
            options: [
              { id: 'order', label: { en: 'An order', de: 'Eine Bestellung' } },
              { id: 'loan', label: { en: 'A loan', de: 'Ein Kredit' } },
            ],
          },
          {
            kind: 'text',
            id: 'else',
            label: { en: 'Anything else?', de: 'Sonst noch etwas?' },
            required: false,
          },
        ],
      },
    },
  };
}

function viewOn(): Json {
  const since = Date.now();
  return { state: 'on', entry: 7, since, expiresAt: since + 3_600_000, paused: false };
}
