import type { CachePointBlock } from './cache-point-block.ts'
import type { InputDocument } from './document-type.ts'
import type { InputUnion } from './input-union.ts'

/**
 * What a tool accepts, as a JSON schema.
 *
 * @public
 */
export type ToolInputSchema = InputUnion<{
  /** The JSON schema, as a JSON value (not as text). */
  readonly json: InputDocument
}>

/**
 * A tool of the caller, which the model can ask to be called.
 *
 * @public
 */
export interface ToolSpecification {
  /** Name of the tool. */
  readonly name: string | undefined
  /** What the tool does, for the model. */
  readonly description?: string | undefined
  /** What the tool accepts. */
  readonly inputSchema: ToolInputSchema | undefined
  /** The arguments have to follow the schema exactly. */
  readonly strict?: boolean | undefined
}

/**
 * A tool that the service itself runs.
 *
 * @public
 */
export interface SystemTool {
  /** Name of the tool. */
  readonly name: string | undefined
}

/**
 * One entry of the list of tools.
 *
 * @public
 */
export type Tool = InputUnion<{
  /** A tool of the caller. */
  readonly toolSpec: ToolSpecification
  /** A tool of the service. */
  readonly systemTool: SystemTool
  /** The list may be cached up to here. */
  readonly cachePoint: CachePointBlock
}>
