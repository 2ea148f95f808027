/** Builds the demo shop into `outDirectory` (by default `dist` beside the script). */
export declare function build(options?: { minify?: boolean; outDirectory?: string }): Promise<void>;
