/** The panel's style sheet; later files may rely on earlier ones. */

import adaptions from './adaptions.css';
import agents from './agents.css';
import banner from './banner.css';
import call from './call.css';
import consent from './consent.css';
import delivery from './delivery.css';
import forms from './forms.css';
import ground from './ground.css';
import receipt from './receipt.css';
import survey from './survey.css';
import talk from './talk.css';
import window from './window.css';

export const panelStyles = [
  ground,
  window,
  forms,
  talk,
  delivery,
  call,
  banner,
  agents,
  consent,
  survey,
  receipt,
  adaptions,
].join('\n');
