/** Text as it may be sent: without the control characters that a paste can bring, and without lone surrogates. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the point.
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(controlCharacters, '').replace(loneSurrogates, '\ufffd').trim();
}
