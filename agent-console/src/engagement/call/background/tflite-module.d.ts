/** TensorFlow Lite as the library's package brings it, of which its own types say nothing. */
declare module '@twilio/video-processors/dist/build/tflite-simd-1-0-0.js' {
  interface TfliteModule {
    readonly HEAPU8: Uint8Array;
    readonly HEAPF32: Float32Array;
    _getModelBufferMemoryOffset(): number;
    /** 0 where it went well, as of what runs. */
    _loadModel(bytes: number): number;
    _getInputMemoryOffset(): number;
    _getInputWidth(): number;
    _getInputHeight(): number;
    _getOutputMemoryOffset(): number;
    _runInference(): number;
  }
  const createModule: (options: {
    readonly wasmBinary: Uint8Array;
    readonly print: (line: string) => void;
    readonly printErr: (line: string) => void;
  }) => Promise<TfliteModule>;
  // biome-ignore lint/style/noDefaultExport: The module is this function.
  export default createModule;
}
