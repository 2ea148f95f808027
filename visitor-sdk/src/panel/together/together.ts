/** What two people do together beyond writing, as the panel knows it: it is loaded while the visitor waits for an agent. */

import type { CallNews } from '@alongside/engagement';
import type { CallState, DeliveryOffered, EngagementChange } from '@alongside/protocol';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import type { PanelParts } from '../../embedding/panel-parts.js';
import type { AgentsHere } from '../agents/agents-here.js';
import type { CallController } from '../calling/call-controller.js';
import type { TransferAsking } from '../consent/transfer-asked.js';
import type { DeliveryShelf } from '../delivery/delivery-shelf.js';
import type { LaterWords } from '../later/later-words.js';
import type { Speech } from '../messages/speech.js';
import type { EngagementSession } from '../session/engagement-session.js';
import type { SiteFacts } from '../session/site-facts.js';
import type { TabMemory } from '../session/tab-memory.js';
import type { VisitorHttp } from '../session/visitor-http.js';
import type { AgreedRules } from '../sharing/agreed-rules.js';
import type { ViewSharing } from '../sharing/view-sharing.js';
import type { PanelSheets } from '../styles/panel-sheets.js';

/** As much of the panel as it needs. */
export interface TogetherHost {
  readonly deps: { readonly shadow: { readonly host: HTMLElement; readonly root: ShadowRoot } };
  readonly session: ReadonlySignal<EngagementSession | undefined>;
  readonly ended: ReadonlySignal<unknown>;
  readonly http: VisitorHttp;
  readonly memory: TabMemory;
  readonly site: SiteFacts;
  readonly speech: Speech;
  readonly agentName: ReadonlySignal<string>;
  readonly sheets: PanelSheets;
  announce(text: string): void;
  minimise(): void;
}

export interface Together {
  readonly agents: AgentsHere;
  readonly sharing: ViewSharing;
  readonly agreedRules: AgreedRules;
  readonly call: CallController;
  /** What became of the last call, or question for one, until there is another. */
  readonly callNews: ReadonlySignal<CallNews | undefined>;
  readonly deliveries: DeliveryShelf;
  readonly transfer: Pick<TransferAsking, 'asked'>;
  /** The visitor has said that they are younger than who may begin here. */
  readonly tooYoung: Signal<boolean>;
  /** Says what has changed to whoever does not see it change. */
  changed(because: EngagementChange, callBefore: CallState | undefined): void;
  /** Whether it is new to the visitor. */
  offered(offer: DeliveryOffered): boolean;
  /** Nothing that stood in one conversation stands in the next. */
  forget(): void;
  close(): void;
  readonly views: {
    readonly WatchBanner: FunctionComponent<{ readonly mayFold?: boolean }>;
    readonly ConsentQuestion: FunctionComponent;
    readonly CallSound: FunctionComponent;
    readonly CallCard: FunctionComponent<{ readonly away?: boolean }>;
    readonly CallOffer: FunctionComponent;
    readonly DeliveryCards: FunctionComponent;
    readonly TalkNews: FunctionComponent;
  };
}

export interface TogetherPart extends LaterWords {
  startTogether(host: TogetherHost): Together;
}

/** The same before it is told where it finds the parts that it loads itself. */
export interface TogetherFile<Where = PanelParts> extends LaterWords {
  startTogether(host: TogetherHost, where: Where): Together;
}
