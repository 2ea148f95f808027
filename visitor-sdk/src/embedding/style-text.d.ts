/** A stylesheet imported as text; the build minifies it. */
declare module '*.css' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: the bundler's text loader knows no other way.
  export default text;
}
