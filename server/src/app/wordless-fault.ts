/** An error as it may be told: its words may quote what passes through. */

/** A class of the program's or of Node's; a name of any other form may have been made of something. */
const CLASS_NAME = /^[A-Z][A-Za-z]{0,39}$/;
const FRAMES = 6;

/** The class of an error and the places it came by. */
export function wordlessFault(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no error was thrown';
  const { name } = error.constructor;
  const lines = [CLASS_NAME.test(name) ? `an uncaught ${name}` : 'an uncaught error', ...framesOf(error)];
  return lines.join('\n');
}

/** A stack begins with the words as they were at first. Where it does not, none of it can be told from them. */
function framesOf({ name, message, stack = '' }: Error): readonly string[] {
  const words = message === '' ? name : `${name}: ${message}`;
  if (!stack.startsWith(`${words}\n`)) return [];
  return stack
    .slice(words.length + 1)
    .split('\n')
    .slice(0, FRAMES);
}
