/** English: experts who are invited into a call, in the lead's console and on their own page. */

export const experts = {
  'experts.invite': 'Invite an expert',
  'experts.inviteText':
    'You get a link that lets one person into this call, and into nothing else. The visitor is asked by name whether they may hear; before that nobody does.',
  'experts.name': 'Name of the expert',
  'experts.nameHint': 'The visitor, you and everybody in the call see it.',
  'experts.organisation': 'Organisation they work for',
  'experts.organisationHint':
    'Your own, or one that two officers approved. If theirs is missing, a privacy officer enters the contract or the recipient first.',
  'experts.country': 'Country they work from',
  'experts.countryHint': 'Where they will be when they join, not where they are employed.',
  'experts.makeLink': 'Make the link',
  'experts.linkTitle': 'Link for {name}',
  'experts.linkText': 'It is good once, for this call, until {time}. Send it in a way that you trust.',
  'experts.link': 'Link for {name}',
  'experts.linkOnce': 'It is shown only now. Whoever has it can join under this name.',
  'experts.open': 'Links that nobody has used yet',
  'experts.invited': '{name}, {organisation}: invited until {time}',
  'experts.takeBack': 'Take the link back',
  'experts.full': 'At most {most} experts are in a call or on their way to it.',
  'experts.is': '{name}, expert of {organisation}, is in the call: the visitor let them in.',
  'experts.waits': '{name}, expert of {organisation}, waits for the visitor’s yes. Nobody hears them yet.',
  'experts.remove': 'Remove {name} from the call',
  'experts.removeShort': 'Remove',
  'expert.title': 'You are invited to a call',
  'expert.invites': '{agent} of {customer} asks you to join a call with a visitor of “{site}” as an expert.',
  'expert.hears':
    'You hear and see the people in the call, and they hear you. Your camera stays off until you switch it on.',
  'expert.shown':
    'Everybody in the call, the visitor too, sees you as “{name}, expert of {organisation}”. If that is not you, do not join.',
  'expert.nothingElse':
    'You see nothing of the visitor’s page, of the chat or of any records. Nothing of the call is recorded.',
  'expert.join': 'Join',
  'expert.waits':
    'You are there. The visitor is being asked whether you may hear them; until they say yes nobody hears you.',
  'expert.joining': 'Joining…',
  'expert.once': 'The link is good once. In this tab you can load the page again while the call goes on.',
  'expert.notice': 'What is kept of you',
  'expert.noticeKept':
    '{customer} is responsible. Kept in {country} for {months} months: your name, your organisation, the country you work from, and when you were in the call. Nothing of sound or picture.',
  'expert.noticeMedia':
    'Your voice and picture are passed on to the people in the call and kept nowhere. What you hear and see is sent to you in {from}, on this basis:',
  'expert.noticeRights':
    'For questions and requests about what is kept of you, turn to {customer}; it is deleted by itself when the time is over. You do not have to join.',
  'expert.inCall': 'Call of “{site}”',
  'expert.people': 'Who is in the call',
  'expert.person.visitor': 'The visitor',
  'expert.person.lead': '{name}, leads the call',
  'expert.person.agent': '{name}',
  'expert.person.supervisor': '{name}, supervisor',
  'expert.person.expert': '{name}, expert',
  'expert.lost': 'The connection was lost and is coming back…',
  'expert.over.used': 'This link has been used',
  'expert.over.usedText':
    'It lets in one person, once. If that was not you, tell the one who invited you at once; they can remove whoever joined. Ask them for a new link.',
  'expert.over.revoked': 'This link was taken back',
  'expert.over.revokedText':
    'Whoever invited you, or the rules of their company, does not allow it any more.',
  'expert.over.tooLate': 'This link has run out',
  'expert.over.tooLateText': 'It was good for 15 minutes. Ask the one who invited you for a new one.',
  'expert.over.callEnded': 'The call is over',
  'expert.over.callEndedText': 'Thank you for your help. You can close this page.',
  'expert.over.switchedOff': 'No experts can join here at the moment',
  'expert.over.switchedOffText': 'This was switched off for the site since you were invited.',
  'expert.over.wrong': 'This link is not right',
  'expert.over.wrongText':
    'Something of it is missing or was changed. Copy the whole link, or ask the one who invited you for a new one.',
  'expert.over.left': 'You have left the call',
  'expert.over.leftText': 'You can close this page. To come back you need a new link.',
  'expert.over.removed': 'You were taken out of the call',
  'expert.over.removedText': 'The visitor or an agent ended your part in it. You can close this page.',
  'expert.over.notLetIn': 'You could not be let in',
  'expert.over.notLetInText':
    'The call is full, or your coming could not be written down at this moment. Ask the one who invited you for a new link.',
  'expert.over.elsewhere': 'You are in the call in another tab',
  'expert.over.elsewhereText': 'Go on there; you can close this one.',
  'expert.over.lost': 'The connection was lost',
  'expert.over.lostText':
    'You cannot come back by this link. If the call goes on, ask the one who invited you for a new one.',
  'expert.over.unsupported': 'This browser cannot hold calls',
  'expert.over.unsupportedText':
    'Your link has not been used by opening it here. Open it in a current version of Chrome, Edge, Firefox or Safari.',
  'expert.over.refused': 'You may not join from where you work',
  'expert.over.refusedText':
    'The link has not been used. Whoever invited you can settle it with the privacy officer of their company.',
  'metadata.callExpert': 'Expert invited',
  'fact.expert': 'Expert',
  'fact.organisation': 'Organisation',
  'fact.expertCountry': 'Works from',
  'fact.usedAt': 'Link used',
  'fact.revokedAt': 'Link taken back',
  'fact.refusedAt': 'First tried in vain',
  'fact.removedBy': 'Removed by',
  'fact.removerId': 'Agent who removed them',
  'fact.role.expert': 'expert',
  'audit.expert.invited': 'Invited an expert into a call',
  'audit.expert.refused': 'Was refused to invite an expert: no basis',
  'audit.expert.joined': 'An expert used the link to a call',
  'audit.expert.turnedAway': 'The link of an expert was tried in vain',
  'audit.expert.revoked': 'Took back the link of an expert',
  'site.experts': 'Experts may be invited into calls by a link',
  'site.expertsHint':
    'Somebody from outside hears the visitor. Off unless you need it. Who leads a call then invites up to three, each by a link that is good once; where the law of their country is no basis, there is no link.',
} as const;
