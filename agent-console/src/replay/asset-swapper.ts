/**
 * Puts the page's pictures, fonts and styles in place of their names. Their `blob:` addresses are made here,
 * since only this origin may load them, and an asset may come before or after the element that shows it.
 */

import { assetHashes, replaceAssets } from '../engagement/player/asset-reference.js';
import type { SafeEvent } from '../engagement/player/event-grammar.js';
import type { ToReplay } from '../engagement/player/replay-messages.js';
import { PICTURE_ATTRIBUTE } from '../engagement/player/safe-attributes.js';
import type { Branch } from '../engagement/player/snapshot-parts.js';
import type { DrivenReplayer } from './driven-replayer.js';
import { fillSheets } from './fill-sheets.js';
import { MovingPictures } from './moving-pictures.js';
import { restateCss } from './restate-css.js';

const STATE = 'data-alongside-state';
/** Where an event holds the text of style sheets. */
const SHEET_FIELDS = new Set(['_cssText', 'rule', 'replace', 'replaceSync']);
const ADDRESS_ATTRIBUTES = ['src', 'srcset', 'href', 'xlink:href', 'poster', 'rr_dataURL', 'style'] as const;

interface Place {
  readonly id: number;
  readonly name: string;
  readonly value: string;
  /** What stands there by now. */
  written: string;
}

type Asset = Extract<ToReplay, { kind: 'asset' }>;

export class AssetSwapper {
  readonly #addresses = new Map<string, string>();
  /** Attributes that wait for an asset. */
  readonly #places = new Map<string, Place[]>();
  readonly #addressOf = (hash: string): string | undefined => this.#addresses.get(hash);
  /** What style sheets wait for: they are gone through only when it comes. */
  readonly #inSheets = new Set<string>();
  readonly #stated = new Set<number>();
  readonly #pictures = new MovingPictures({
    addressOf: (hash) => this.#addresses.get(hash),
    drop: (hash) => this.#drop(hash),
  });
  /** What the visitor's device prefers: style sheets ask for it. */
  #preferences: ReadonlySet<string> = new Set();

  add(asset: Asset, replayer: DrivenReplayer | undefined): void {
    if (this.#addresses.has(asset.hash)) return;
    this.#addresses.set(asset.hash, addressFor(asset));
    if (replayer === undefined) return;
    this.drawPictures(replayer);
    for (const place of this.#places.get(asset.hash) ?? []) this.#fill(place, replayer);
    this.#places.delete(asset.hash);
    if (this.#inSheets.delete(asset.hash)) fillSheets(replayer.document, this.#addressOf);
  }

  /** After every change: an element's style may have been written anew. */
  drawPictures(replayer: DrivenReplayer): void {
    this.#pictures.draw((id) => replayer.nodeOf(id));
  }

  /** Elements with a state or choice in what was swapped since this was asked last. */
  takeStated(): readonly number[] {
    const stated = [...this.#stated];
    this.#stated.clear();
    return stated;
  }

  /** A new page has places of its own; the assets themselves are named by content and stay. */
  forgetPlaces(): void {
    this.#places.clear();
    this.#inSheets.clear();
    this.#stated.clear();
    this.#pictures.clear();
    this.#preferences = new Set();
  }

  /** The events with known assets in place; unknown ones are noted, to be filled in when they come. */
  swapIn(events: readonly SafeEvent[], isSheetText: (id: number) => boolean): readonly SafeEvent[] {
    return events.map((event) => this.#swapChangedTexts(this.#swap(event) as SafeEvent, isSheetText));
  }

  swapInBranches(branches: readonly Branch[]): readonly Branch[] {
    return branches.map((branch) => this.#swap(branch) as Branch);
  }

  close(): void {
    for (const address of this.#addresses.values()) URL.revokeObjectURL(address);
    this.#addresses.clear();
  }

  #swap(value: unknown): unknown {
    if (typeof value === 'string') return this.#swapText(value);
    if (Array.isArray(value)) return value.map((each: unknown) => this.#swap(each));
    if (typeof value !== 'object' || value === null) return value;
    const record = value as Record<string, unknown>;
    const swapped: Record<string, unknown> = {};
    const isSheet = record.isStyle === true;
    for (const [name, each] of Object.entries(record)) {
      const isSheetField = SHEET_FIELDS.has(name) || (isSheet && name === 'textContent');
      if (name === 'attributes' && typeof record.id === 'number') {
        swapped[name] = this.#swapAttributes(record.id, each);
      } else if (isSheetField && typeof each === 'string') swapped[name] = this.#swapSheet(each);
      else swapped[name] = this.#swap(each);
    }
    return swapped;
  }

  #swapSheet(css: string): string {
    return this.#swapText(restateCss(css, this.#preferences));
  }

  /** A change of a text does not say whether it is one of a style sheet. */
  #swapChangedTexts(event: SafeEvent, isSheetText: (id: number) => boolean): SafeEvent {
    const { texts } = event.data;
    if (!Array.isArray(texts) || texts.length === 0) return event;
    const swapped = texts.map((text: { readonly id: number; readonly value: unknown }) =>
      typeof text.value === 'string' && isSheetText(text.id)
        ? { ...text, value: restateCss(text.value, this.#preferences) }
        : text,
    );
    return { ...event, data: { ...event.data, texts: swapped } };
  }

  /** Style text keeps the names of what it lacks: they are found again in the sheets. */
  #swapText(text: string): string {
    const swapped = replaceAssets(text, this.#addressOf);
    for (const hash of assetHashes(swapped)) this.#inSheets.add(hash);
    return swapped;
  }

  #swapAttributes(id: number, attributes: unknown): unknown {
    if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) return attributes;
    const swapped: Record<string, unknown> = {};
    this.#noteState(id, attributes);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === PICTURE_ATTRIBUTE && (typeof value === 'string' || value === null))
        this.#pictures.note(id, value);
      if (name === '_cssText' && typeof value === 'string') {
        swapped[name] = this.#swapSheet(value);
        continue;
      }
      const isAddress = ADDRESS_ATTRIBUTES.some((each) => each === name);
      swapped[name] =
        isAddress && typeof value === 'string' ? this.#swapAddress({ id, name, value }) : this.#swap(value);
    }
    return swapped;
  }

  #drop(hash: string): void {
    const address = this.#addresses.get(hash);
    if (address !== undefined) URL.revokeObjectURL(address);
    this.#addresses.delete(hash);
  }

  /** The words of the document come before any sheet of it. */
  #noteState(id: number, attributes: object): void {
    const state: unknown = Reflect.get(attributes, STATE);
    if (state !== undefined || 'selected' in attributes) this.#stated.add(id);
    if (typeof state === 'string' && this.#preferences.size === 0)
      this.#preferences = new Set(state.split(' '));
  }

  #swapAddress({ id, name, value }: Omit<Place, 'written'>): string {
    const place = { id, name, value, written: this.#written(value) };
    for (const hash of assetHashes(value)) {
      if (this.#addresses.has(hash)) continue;
      const places = this.#places.get(hash) ?? [];
      places.push(place);
      this.#places.set(hash, places);
    }
    return place.written;
  }

  /** An image without a source would show its alternative text instead of keeping its box. */
  #written(value: string): string {
    return replaceAssets(value, this.#addressOf);
  }

  #fill(place: Place, replayer: DrivenReplayer): void {
    const node = replayer.nodeOf(place.id);
    if (node?.nodeType !== Node.ELEMENT_NODE) return;
    const element = node as Element;
    const name = place.name === 'rr_dataURL' ? 'src' : place.name;
    // Another picture may stand there by now, or none; only a style is changed in parts.
    if (name !== 'style' && element.getAttribute(name) !== place.written) return;
    place.written = this.#written(place.value);
    if (name === 'xlink:href') {
      element.setAttributeNS('http://www.w3.org/1999/xlink', name, place.written);
    } else element.setAttribute(name, place.written);
  }
}

/** The replay's policy lets images come from `blob:` and fonts from `data:` addresses only. */
function addressFor({ contentType, bytes }: Asset): string {
  if (!contentType.includes('font')) return URL.createObjectURL(new Blob([bytes], { type: contentType }));
  let text = '';
  // In pieces, since a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return `data:${contentType};base64,${btoa(text)}`;
}
