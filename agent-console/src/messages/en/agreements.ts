/** English: what the customer has concluded with whoever runs the installation. */

export const agreements = {
  'admin.agreements': 'Agreement',
  'admin.agreements.intro':
    'What you have concluded with whoever runs this installation for you (Art. 28 GDPR). Without one in force, your sites take no new conversations; running ones go on.',
  'agreements.add': 'Record an agreement',
  'agreements.addText':
    'Enter only what has really been signed. Once it is confirmed it replaces the one before.',
  'agreements.confirm': 'Confirm',
  'agreements.confirmed': 'The agreement is in force.',
  'agreements.confirmedBy': 'Confirmed by {name} on {date}',
  'agreements.confirmOf': 'Confirm {version}',
  'agreements.controller': 'You, as you signed',
  'agreements.end': 'End',
  'agreements.ended': 'The agreement has ended.',
  'agreements.endOf': 'End {version}',
  'agreements.endSubmit': 'End it now',
  'agreements.endText':
    'From then on your sites take no new conversations until another agreement is in force. Running ones go on to their end.',
  'agreements.endTitle': 'End this agreement?',
  'agreements.none': 'No agreement recorded',
  'agreements.noneText':
    'Until one is recorded and confirmed, visitors are told that nobody can help them now.',
  'agreements.parties': 'Between',
  'agreements.processor': 'Whoever runs the installation',
  'agreements.recordedBy': 'Recorded by {name}',
  'agreements.signed': 'Signed on',
  'agreements.state': 'State',
  'agreements.state.ended': 'Ended on {date}',
  'agreements.state.expired': 'Expired: no new conversations',
  'agreements.state.expiring': 'Expires soon: new conversations end with it',
  'agreements.state.inForce': 'In force',
  'agreements.state.replaced': 'Replaced on {date}',
  'agreements.state.waiting': 'Not confirmed yet',
  'agreements.until': 'Valid until',
  'agreements.untilHint': 'The last day. Leave it empty where the agreement has no end.',
  'agreements.version': 'Agreement',
  'agreements.versionHint': 'What the text is called, with its version.',
  'agreements.waits': 'Waits for another officer, or for whoever runs the installation',
  'audit.agreement.confirmed': 'Confirmed a processing agreement',
  'audit.agreement.confirmedOnMachine':
    'Recorded a processing agreement that whoever runs the installation has confirmed',
  'audit.agreement.ended': 'Ended a processing agreement',
  'audit.agreement.recorded': 'Recorded a processing agreement',
  'missing.agreement': 'No processing agreement is in force: your sites take no new conversations',
  'missing.agreementExpiring': 'The processing agreement runs out within 30 days',
} as const;
