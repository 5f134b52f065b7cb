/**
 * A text as an input of a model.
 *
 * @public
 */
export interface TextInput {
  /** What is embedded or ranked. */
  readonly text: string
  /** Never set: tells the kinds apart. */
  readonly image?: undefined
}

/**
 * An image in memory.
 *
 * @public
 */
export interface ImageBytes {
  /** The encoded image. */
  readonly bytes: Uint8Array
  /** Its format, such as `png` or `jpeg`. */
  readonly format: string
  /** Never set: tells the kinds apart. */
  readonly url?: undefined
}

/**
 * An image that the container fetches.
 *
 * @public
 */
export interface ImageUrl {
  /** Where the image is: an `https:` or `data:` URL. */
  readonly url: string
  /** Never set: tells the kinds apart. */
  readonly bytes?: undefined
}

/**
 * An image as an input of a model.
 *
 * @public
 */
export interface ImageInput {
  /** In memory, or where the container finds it. */
  readonly image: ImageBytes | ImageUrl
  /** Never set: tells the kinds apart. */
  readonly text?: undefined
}

/**
 * What an embedding model makes a vector of: a text, or an image where the model takes images.
 *
 * @public
 */
export type EmbeddingInput = string | TextInput | ImageInput
