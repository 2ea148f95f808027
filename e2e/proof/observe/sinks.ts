/**
 * Somewhere to go for what an installation could send out: mail, webhooks, traces, error reports and a Redis, each
 * on loopback, accepting everything. What they received is kept in memory and searched.
 */

import type { Detection, MediumScanner } from '../detection.js';
import { Look } from '../detection.js';
import { startHttpSink } from './http-sink.js';
import { startMailSink } from './mail-sink.js';
import { startRedisSink } from './redis-sink.js';

export const sinkNames = ['mail', 'webhook', 'traces', 'errors', 'redis'] as const;
export type SinkName = (typeof sinkNames)[number];

/** One request, or what came over one connection. */
export interface Receipt {
  /** All that has come by now. */
  bytes(): Uint8Array;
}

export interface Sink {
  readonly port: number;
  readonly received: readonly Receipt[];
  close(): Promise<void>;
}

export interface Sinks {
  /** On 127.0.0.1. */
  readonly ports: Readonly<Record<SinkName, number>>;
  received(name: SinkName): readonly Receipt[];
  close(): Promise<void>;
}

export async function startSinks(): Promise<Sinks> {
  const sinks: Readonly<Record<SinkName, Sink>> = {
    mail: await startMailSink(),
    webhook: await startHttpSink(),
    traces: await startHttpSink(),
    errors: await startHttpSink(),
    redis: await startRedisSink(),
  };
  const { mail, webhook, traces, errors, redis } = sinks;
  return {
    ports: {
      mail: mail.port,
      webhook: webhook.port,
      traces: traces.port,
      errors: errors.port,
      redis: redis.port,
    },
    received: (name) => sinks[name].received,
    close: async () => {
      await Promise.all(Object.values(sinks).map((sink) => sink.close()));
    },
  };
}

/** After the run; what a sink received stays readable when it is closed. */
export async function scanSinks(scanner: MediumScanner, sinks: Sinks): Promise<Detection> {
  const look = new Look(scanner, 'sinks');
  for (const name of sinkNames) {
    for (const [index, receipt] of sinks.received(name).entries()) {
      await look.bytes(receipt.bytes(), `${name}: ${index + 1}`);
    }
  }
  return look.end();
}
