import { describe, expect, it } from 'vitest';
import { WatchedDocuments } from './watched-documents.js';

type Realm = Window & typeof globalThis;

function watching() {
  const told: string[] = [];
  const signals: AbortSignal[] = [];
  const documents = new WatchedDocuments({
    listen: (_, signal) => signals.push(signal),
    patch: (realm) => {
      told.push(`patched ${realm.name}`);
      return () => told.push(`undone ${realm.name}`);
    },
  });
  return { told, signals, documents };
}

const node = () => ({}) as Document;
const realmOf = (name: string) => ({ name, Element: class {} }) as unknown as Realm;

describe('the documents that are listened to', () => {
  it('are patched once where two of them share a realm', () => {
    const { told, documents } = watching();
    const [frame, realm] = [node(), realmOf('one')];
    documents.watch(frame, node(), realm);
    documents.watch(frame, node(), realm);
    expect(told).toEqual(['patched one']);
  });

  it('are listened to anew when they are opened anew, and never twice', () => {
    const { signals, documents } = watching();
    const [frame, document, realm] = [node(), node(), realmOf('one')];
    documents.watch(frame, document, realm);
    documents.watch(frame, document, realm);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it('are let go of when another one comes, though the window is the same', () => {
    const { told, documents } = watching();
    const frame = node();
    const realm = realmOf('one');
    documents.watch(frame, node(), realm);
    Object.assign(realm, { Element: class {} });
    documents.watch(frame, node(), realm);
    expect(told).toEqual(['patched one', 'undone one', 'patched one']);
  });

  it('are let go of with their frame', () => {
    const { told, signals, documents } = watching();
    const [page, frame] = [node(), node()];
    documents.watch(page, page, realmOf('page'));
    documents.watch(frame, node(), realmOf('frame'));
    documents.dropGone((place) => place === page);
    expect(told).toEqual(['patched page', 'patched frame', 'undone frame']);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);
  });

  it('are all let go of in the end, the last one first', () => {
    const { told, documents } = watching();
    documents.watch(node(), node(), realmOf('page'));
    documents.watch(node(), node(), realmOf('frame'));
    documents.stop();
    documents.stop();
    expect(told.slice(2)).toEqual(['undone frame', 'undone page']);
  });
});
