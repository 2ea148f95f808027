/** Builds the console into `outDirectory` (by default `dist` beside the script), minified unless told otherwise. */
export declare function build(options?: { minify?: boolean; outDirectory?: string }): Promise<void>;
