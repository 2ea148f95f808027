/** English: several agents. */

export const agents = {
  'agents.with': 'You are talking to {agents}',
  'agents.list': 'Who is here for you',
  'agents.people': '{n} people',
  'agents.peopleLong': 'Who sees this page: {n} people',
  'agents.more': '{n} more',
  'agents.lead': 'leads',
  'agents.supervisor': 'supervisor',
  'agents.sees': 'sees this page',
  'agents.blind': 'does not see your page',
  'agents.away': 'connection lost',
  'agents.hide': 'Hide my page',
  'agents.hideFrom': 'Hide my page from {agent}',
  'agents.show': 'Show again',
  'agents.showTo': 'Show my page to {agent} again',
  'agents.joined': '{agent} has joined the conversation.',
  'agents.joinedSees': '{agent} has joined the conversation and sees your page as well.',
  'agents.left': '{agent} has left the conversation.',
  'agents.leads': '{agent} leads the conversation now.',
  'watch.bannerMany': '{agents} see this page',
  'ask.view.others': 'It would also be seen by {agents}, who take part in this conversation.',
} as const;
