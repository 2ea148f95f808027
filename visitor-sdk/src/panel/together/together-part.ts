/** The lazily loaded part of the panel for what two people do together: showing the page, control, calls, deliveries. */

import agentsStyles from '../styles/agents.css';
import banner from '../styles/banner.css';
import call from '../styles/call.css';
import consent from '../styles/consent.css';
import delivery from '../styles/delivery.css';
import { CallCard } from '../views/call-card.js';
import { CallOffer } from '../views/call-offer.js';
import { CallSound } from '../views/call-sound.js';
import { ConsentQuestion } from '../views/consent-question.js';
import { DeliveryCards } from '../views/delivery-cards.js';
import { TalkNews } from '../views/talk-news.js';
import { WatchBanner } from '../views/watch-banner.js';
import { PanelTogether } from './panel-together.js';
import type { TogetherFile } from './together.js';

const views = {
  WatchBanner,
  ConsentQuestion,
  CallSound,
  CallCard,
  CallOffer,
  DeliveryCards,
  TalkNews,
};

export const startTogether: TogetherFile['startTogether'] = (host, parts) => {
  host.sheets.fill('together', [delivery, call, banner, agentsStyles, consent].join('\n'));
  return new PanelTogether(host, parts, views);
};
