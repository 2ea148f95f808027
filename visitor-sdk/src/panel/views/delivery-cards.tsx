/** What the agent has put before the visitor, each with the whole of where it leads, and a document as it reads. */

import { useEffect, useRef } from 'preact/hooks';
import type { Delivery } from '../delivery/delivery-shelf.js';
import { shownAddress } from '../delivery/shown-address.js';
import { Icon } from './later-icons.js';
import { usePanel } from './panel-context.js';

export function DeliveryCards() {
  const { deliveries } = usePanel().together.get();
  return (
    <div class="deliveries">
      {deliveries.waiting.value.map((delivery) => (
        <DeliveryCard key={delivery.deliveryId} delivery={delivery} />
      ))}
      <DocumentCard />
    </div>
  );
}

function DeliveryCard({ delivery }: { readonly delivery: Delivery }) {
  const { speech, together } = usePanel();
  const { deliveries } = together.get();
  const { agent, content } = delivery;
  const says = speech.say(`delivery.${content.kind}`, { agent });
  return (
    <section class="delivery" aria-label={says}>
      <p>
        <Icon name="arrive" />
        {says}
      </p>
      {content.kind === 'document' ? null : (
        <p class="delivery-address" dir="ltr">
          {content.kind === 'page' ? content.path : shownAddress(content.url)}
        </p>
      )}
      {content.kind === 'link' ? <p class="quiet small">{speech.say('delivery.elsewhere')}</p> : null}
      <div class="delivery-answers">
        <button type="button" class="link" onClick={() => deliveries.putAway(delivery)}>
          {speech.say('delivery.putAway')}
        </button>
        <button
          type="button"
          class="secondary"
          onClick={(event) => {
            // A script of the page presses nothing here.
            if (event.isTrusted) void deliveries.open(delivery);
          }}
        >
          {speech.say(content.kind === 'document' ? 'delivery.read' : 'delivery.open')}
        </button>
      </div>
    </section>
  );
}

function DocumentCard() {
  const { speech, together } = usePanel();
  const { deliveries } = together.get();
  const open = deliveries.document.value;
  const card = useRef<HTMLElement>(null);
  useEffect(() => card.current?.scrollIntoView({ block: 'nearest' }), [open?.state]);
  if (open === undefined) return null;
  return (
    <section ref={card} class="delivery document" aria-busy={open.state === 'loading'} aria-live="polite">
      {open.state === 'loading' ? <p>{speech.say('delivery.loading')}</p> : null}
      {open.state === 'failed' ? <p>{speech.say('delivery.failed')}</p> : null}
      {open.state === 'shown' ? (
        <>
          <h3>{open.document.title}</h3>
          <p class="document-text">{open.document.text}</p>
        </>
      ) : null}
      <div class="delivery-answers">
        <button type="button" class="secondary" onClick={() => deliveries.closeDocument()}>
          {speech.say('delivery.close')}
        </button>
      </div>
    </section>
  );
}
