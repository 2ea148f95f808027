/** A text message of the frames' WebSocket before anything is known of what it says. */

/** No note and no admission is longer. */
export const NOTE_LENGTH = 512;

/** Undefined for what is too long or no JSON; the caller refuses that like any other thing that is no note. */
export function readNoteText(text: string): unknown {
  if (text.length > NOTE_LENGTH) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
