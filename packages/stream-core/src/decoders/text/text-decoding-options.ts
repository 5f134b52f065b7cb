/** Options of the decoders that read text. */
export interface TextDecodingOptions {
  /**
   * Longest line accepted, in UTF-16 units without its line end; also the longest data of one event and the longest JSON value.
   * What is longer is a `line-too-long` error, raised before more of it is buffered.
   * At least 1; `Infinity` sets no limit.
   *
   * @defaultValue 33,554,432 (32 Mi), above the 25 MB that SageMaker allows for an answer
   */
  readonly maxLineLength?: number | undefined
  /**
   * Whether bytes that are not UTF-8 are an `invalid-utf8` error. Otherwise U+FFFD replaces them, as in every browser.
   *
   * @defaultValue false
   */
  readonly fatal?: boolean | undefined
}

export const defaultMaxLineLength = 33_554_432
