/** What a model does. */
export type ModelKind = 'language' | 'embedding' | 'rerank' | 'classification'

/** Identifies a container by its serving software. */
export type ContainerName =
  | 'ai21'
  | 'cohere'
  | 'huggingface'
  | 'jina'
  | 'jumpstart'
  | 'llamacpp'
  | 'lmi'
  | 'nim'
  | 'nova'
  | 'sglang'
  | 'tei'
  | 'tgi'
  | 'triton'
  | 'vllm'

/** A content handler for a container. */
export interface HandlerChoice {
  /** The handler's name, as passed to `namedHandler`: the factory's name without `Embedding`, `Rerank` or `Classification`. */
  readonly handler: string
  /** Options to pass to the factory. */
  readonly handlerOptions?: Readonly<Record<string, unknown>> | undefined
  /**
   * Restricts the choice to models whose name matches this regular expression.
   *
   * @defaultValue any model
   */
  readonly models?: string | undefined
}

/** One row of the table of containers. */
export interface Container {
  /** Stable identifier of the software. */
  readonly name: ContainerName
  /** Display name. */
  readonly title: string
  /** Substrings of the image's repository name, matched on whole hyphenated words. The first matching row of the table wins. */
  readonly repositories: readonly string[]
  /**
   * Prefix of the version in the image's tag, such as `tgi` in `2.4.0-tgi3.2.3-gpu`.
   *
   * @defaultValue the version starts the tag
   */
  readonly versionPrefix?: string | undefined
  /** Environment variables that only this container reads: full names, or prefixes that end in `_`. */
  readonly variables: readonly string[]
  /** Content handlers per kind of model. If there are several, the first one that matches the model is used. */
  readonly handlers: Readonly<Partial<Record<ModelKind, readonly HandlerChoice[]>>>
  /**
   * Kind of model that is assumed without further evidence.
   *
   * @defaultValue unknown
   */
  readonly defaultKind?: ModelKind | undefined
  /** Whether the handler must be set explicitly because the container rejects the requests of `auto()` and `autoEmbedding()`. */
  readonly needsHandler: string
  /** Anchor of the section in `docs/containers.md`. */
  readonly section: string
  /** Where the repository names and the format come from. */
  readonly source: string
}
