/** English: who is in a call beside the lead. */

export const attendance = {
  'attend.people': 'Who else is in the call',
  'attend.listen': 'Listen',
  'attend.whisper': 'Whisper to {name}',
  'attend.speak': 'Join the call',
  'attend.whisperTo': 'Whisper',
  'attend.leave': 'Leave the call',
  'attend.listenNamed': 'Listen to {name} with {who}',
  'attend.whisperNamed': 'Whisper to {name} in the call with {who}',
  'attend.speakNamed': 'Join the call of {name} with {who}',
  'attend.waiting':
    'The visitor is being shown that you are here. Until then you hear nothing, and nobody hears you.',
  'attend.heirYou':
    'Join the call, and you lead this conversation as soon as the visitor is shown you in it.',
  'attend.heir':
    '{name} is asked to join the call, and leads once they are in it. Until then everything stays as it is.',
  'attend.decline': 'Decline the lead',
  'attend.takeBack': 'Take the hand-over back',
  'attend.you.speak': 'You are in the call. The visitor sees your name.',
  'attend.you.whisper':
    'You hear everybody, and only agents hear you. The visitor sees your name, and that you do this.',
  'attend.you.listen':
    'You hear everybody, and nobody hears you. The visitor sees your name, and that you listen.',
  'attend.is.speak': '{name} is in the call.',
  'attend.is.whisper': '{name} is listening and speaks to agents alone. The visitor is shown that.',
  'attend.is.listen': '{name} is listening. The visitor is shown that.',
  'attend.picture': 'Picture of {name}',
  'metadata.callPresence': 'In the call',
  'fact.mode': 'In which way',
  'fact.mode.speak': 'heard by everybody',
  'fact.mode.whisper': 'heard by agents alone',
  'fact.mode.listen': 'listening',
} as const;
