/** English: why something did not happen, and what to do about it. */

export const failures = {
  'failure.agentUnavailable': 'Nobody can take this at the moment. Please try again shortly.',
  'failure.alreadyTaken': 'Somebody else was faster.',
  'failure.askExpired': 'The question is no longer open.',
  'failure.callFlooded':
    'More came from your device than a call may send, so it was taken out of this call. Once it is over, a new call is possible.',
  'failure.callNotSealed':
    'Calls of this site are sealed from end to end, which this browser cannot do. Nothing was sent. Please use a current browser.',
  'failure.callNotSupported':
    'This browser cannot hold calls. Everything else works; for calls please use a current Chrome, Edge, Firefox or Safari.',
  'failure.callsUnavailable': 'Calls are not available at the moment.',
  'failure.clientTooOld': 'This console is out of date. Please load the page again.',
  'failure.conflict': 'This collides with what is there already.',
  'failure.consentMissing': 'The visitor has not agreed to this.',
  'failure.expired': 'This has run out.',
  'failure.internal': 'Something went wrong on our side. Please try again.',
  'failure.invalid': 'Something in the form is not right.',
  'failure.invalidAt': 'This is not right: {place}.',
  'failure.leaseMissing': 'You have no control of the page.',
  'failure.malformed': 'The request was not understood.',
  'failure.mediaUnreachable':
    'Neither sound nor picture gets through to you. Your network may block calls. Everything else goes on.',
  'failure.notAdmitted': 'Please sign in again.',
  'failure.notFound': 'It does not exist, or it is not yours.',
  'failure.notLoaded': 'A part of this page could not be loaded. Please load the page again.',
  'failure.notPermitted': 'You are not allowed to do this.',
  'failure.originNotAllowed': 'This is not allowed from this address.',
  'failure.passUnknown': 'The connection has to be made anew.',
  'failure.peerAbsent': 'The visitor is not connected at the moment.',
  'failure.reason.CLAUSES_NOT_FOR_REGIME': 'The clauses you have signed do not cover the law that applies.',
  'failure.reason.CLAUSES_NOT_IN_FORCE': 'The clauses you have signed are not in force now.',
  'failure.reason.OTHER_IMPORTER':
    'What you have signed for this country is with another organisation than the one that receives.',
  'failure.reason.FACTS_INCOMPLETE': 'A country is not known, so it cannot be decided.',
  'failure.reason.INVALIDATED_C311_18': 'Privacy Shield was declared invalid and is no basis.',
  'failure.reason.INVALIDATED_C362_14': 'Safe Harbor was declared invalid and is no basis.',
  'failure.reason.NO_BASIS': 'No basis covers a transfer to this country.',
  'failure.reason.UNKNOWN_BASIS': 'The basis is not one that is known.',
  'failure.reason.WRONG_MODULE': 'The clauses you have signed are of another module.',
  'failure.reason.expertOrganisation':
    'They work for an organisation that two officers have not approved. A privacy officer enters its contract, or it as a recipient.',
  'failure.reason.callFull':
    'As many as a call holds are in it or on their way. Ask again when somebody has left.',
  'failure.reason.email': 'It is about the e-mail address.',
  'failure.reason.notice': 'The notice is missing.',
  'failure.reason.ANNEXES_INCOMPLETE': 'The annexes of what you have signed are not complete.',
  'failure.reason.CERTIFICATION_STALE': 'The certification was last looked up more than 30 days ago.',
  'failure.reason.DEROGATION_NOT_ROUTINE': 'Consent covers a single occasional session, and not this.',
  'failure.reason.DPF_WITHOUT_FALLBACK':
    'The receiver is certified, but there are no clauses to fall back on.',
  'failure.reason.NO_EU_CERTIFICATION': 'The receiver is not certified under the EU-U.S. framework.',
  'failure.reason.NO_SWISS_CERTIFICATION': 'The receiver is not certified under the Swiss-U.S. framework.',
  'failure.reason.NO_UK_EXTENSION': 'The receiver is not certified under the UK Extension.',
  'failure.reason.REGISTER_STALE':
    'The register was last confirmed more than 30 days ago. Two officers have to confirm it.',
  'failure.reason.ROWS_SUSPENDED':
    'What is kept of this lost its legal basis. It is shown only in your company’s own country until that is settled.',
  'failure.reason.TIA_MISSING': 'There is no assessment of the law of this country yet.',
  'failure.reason.TIA_NOT_OK': 'The assessment of the law of this country came out against the transfer.',
  'failure.reason.TIA_OVERDUE': 'The assessment of the law of this country is past its review date.',
  'failure.reason.begunBefore':
    'Handing this out was begun already. Whoever began may do so again for a day; after that, two officers have to approve it anew.',
  'failure.reason.fourEyes': 'Somebody else has to approve what you proposed.',
  'failure.reason.held':
    'Something is kept for a case or by a law for longer than that: see the holds under “Rights”.',
  'failure.reason.basedOn':
    'Another edition has come into force since you began. Download your draft, load the page again, and begin from the new one.',
  'failure.reason.openCase': 'A request about it is still open: see “Rights”.',
  'failure.reason.erased': 'What was said there has been deleted.',
  'failure.reason.erasure':
    'It is to be deleted as soon as nothing holds it any more, and stays restricted until then.',
  'failure.reason.restriction': 'It is not restricted any more.',
  'failure.reason.letInLately':
    'This takes two officers who were both there for 14 days already, and before it was proposed. One of you two became an officer, or got a new link, later than that. Please have another officer approve it. Or ask whoever runs the installation: a link that is made on its machine counts at once.',
  'failure.reason.siteChanged':
    'Somebody else has changed this site since you opened it. Load the page again, and change what stands there now.',
  'failure.serverTooOld': 'The service is older than this console. Please load the page again later.',
  'failure.storageUnavailable': 'The records cannot be written at the moment. Please try again shortly.',
  'failure.tooFast': 'That was too often in a short time. Please wait a moment.',
  'failure.tooLarge': 'That is too much at once.',
  'failure.transferRefused': 'There is no legal basis for this transfer.',
  'failure.unknownCommand': 'The service does not know this request.',
  'failure.unreachable': 'The service cannot be reached. Please check your connection.',
  'failure.weakPassword': 'This password is too easy to guess.',
  'failure.workCountry':
    'This cannot be shown to you yet: the country you work in has not been stated. An officer states it under “People”.',
  'failure.workCountrySet': 'State it',
  'failure.wrongState': 'This is not possible in the present state.',
} as const;
