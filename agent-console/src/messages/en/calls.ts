/** English: devices and how a call fares. */

export const calls = {
  'call.camera.failed': 'The camera does not start.',
  'call.camera.page': 'This page does not allow a camera.',
  'call.camera.refused':
    'Your browser does not allow the camera here. Allow it beside the address, then switch it on.',
  'call.camera.system':
    'Your computer does not let this browser use the camera. Allow it in the computer’s privacy settings.',
  'call.float': 'Show in a window of its own',
  'call.microphone.failed': 'The microphone does not start.',
  'call.microphone.page': 'This page does not allow a microphone.',
  'call.microphone.refused':
    'Your browser does not allow the microphone here. Allow it beside the address, then switch it on.',
  'call.microphone.system':
    'Your computer does not let this browser use the microphone. Allow it in the computer’s privacy settings.',
  'call.sealed': 'Encrypted from end to end. Compare with the visitor, who sees the same digits: {codes}',
  'call.sealing': 'Agreeing on keys for this call …',
  'call.visitorSpeaks': 'Visitor speaks',
  'devices.camera': 'Camera',
  'devices.cameraOff': 'Camera off',
  'devices.cameraOn': 'Try the camera',
  'devices.heard': 'Your microphone works.',
  'devices.heldKey': 'Hold Alt and M: silent for a moment, or heard while you are muted.',
  'devices.level': 'How loud you are',
  'devices.microphone': 'Microphone',
  'devices.private': 'Nobody hears or sees this.',
  'devices.quiet': 'Say something: the bar should move.',
  'devices.sound': 'Play a test sound',
  'devices.sounded': 'If you heard nothing, turn the volume up or check your headphones.',
  'devices.title': 'Microphone, camera and sound',
  'health.ours.delay': 'Your connection takes {value} ms: let each other finish.',
  'health.ours.downLoss': 'You lose {value} % of what comes. Come nearer to the wifi, or use a cable.',
  'health.ours.downQuality': 'What comes to you is patchy. Come nearer to the wifi, or use a cable.',
  'health.ours.fair': 'You: fair connection',
  'health.ours.good': 'You: good connection',
  'health.ours.jitter': 'What comes to you comes unevenly ({value} ms). Close downloads and other calls.',
  'health.ours.poor': 'You: poor connection',
  'health.ours.upLoss': 'Your uplink loses {value} %. Switch your camera off, or use a cable.',
  'health.ours.upQuality': 'What you send arrives in pieces. Switch your camera off, or use a cable.',
  'health.theirs.delay': 'The visitor’s connection takes {value} ms: let each other finish.',
  'health.theirs.downLoss':
    'The visitor loses {value} % of what comes. Switch your camera off, and speak slowly.',
  'health.theirs.downQuality': 'The visitor hears you in pieces. Switch your camera off, and speak slowly.',
  'health.theirs.fair': 'Visitor: fair connection',
  'health.theirs.good': 'Visitor: good connection',
  'health.theirs.jitter':
    'The visitor hears you unevenly ({value} ms). Ask them to close downloads, and switch your camera off.',
  'health.theirs.poor': 'Visitor: poor connection',
  'health.theirs.upLoss':
    'The visitor’s uplink loses {value} %. Ask them to switch their camera off, or to come nearer to the wifi.',
  'health.theirs.upQuality':
    'What the visitor sends arrives in pieces. Ask them to switch their camera off, or to come nearer to the wifi.',
  'fact.downKbps': 'Received (kbit/s)',
  'fact.downLossPermille': 'Lost of what came (‰)',
  'fact.downQuality': 'Quality of what came (0 to 10)',
  'fact.jitter': 'Jitter (ms)',
  'fact.roundTrip': 'Round trip (ms)',
  'fact.upKbps': 'Sent (kbit/s)',
  'fact.upLossPermille': 'Lost of what was sent (‰)',
  'fact.upQuality': 'Quality of what was sent (0 to 10)',
  'metadata.callSample': 'Call quality',
  'record.callSamples': 'Call quality, every ten seconds: {count}',
} as const;
