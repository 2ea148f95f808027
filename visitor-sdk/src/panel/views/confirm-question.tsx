/** Asks once more before something that cannot be undone. */

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export interface ConfirmQuestionProps {
  readonly id: string;
  readonly look: 'erase' | 'screen question';
  readonly heading: string;
  readonly no: string;
  readonly yes: string;
  readonly busy: boolean;
  readonly onNo: () => void;
  readonly onYes: () => void;
  readonly children: ComponentChildren;
}

export function ConfirmQuestion(props: ConfirmQuestionProps) {
  const { id, look, heading, no, yes, busy, onNo, onYes, children } = props;
  const title = useRef<HTMLHeadingElement>(null);
  // The button that was pressed is gone: reading goes on at the question that took its place.
  useEffect(() => title.current?.focus(), []);
  return (
    <section class={look} aria-labelledby={id}>
      <h3 id={id} ref={title} tabIndex={-1}>
        {heading}
      </h3>
      {children}
      <div class="answers">
        <button type="button" class="secondary" onClick={onNo}>
          {no}
        </button>
        <button type="button" class="secondary" disabled={busy} onClick={onYes}>
          {yes}
        </button>
      </div>
    </section>
  );
}
