import type { ModelProfile } from '@langchain/core/language_models/profile'
import type {
  BaseChatModelCallOptions,
  BaseChatModelParams,
  BindToolsInput,
} from '@langchain/core/language_models/chat_models'
import type { CallOptions, SagemakerEndpointOptions } from '@x/sagemaker-endpoint'
import type { GenerationOptions, ModelOptions, SagemakerLLM } from '@x/sagemaker-llm'

/** How a model is to generate. What is not given is left to the container. */
export interface ChatGenerationOptions extends Omit<
  GenerationOptions,
  'maxNewTokens' | 'stopSequences' | 'tools' | 'toolChoice' | 'responseFormat'
> {
  /** Largest number of tokens to generate; `null` leaves it to the container. */
  readonly maxTokens?: number | null | undefined
}

/** OpenAI's `response_format`: the form that the text of the answer has to have. */
export type OpenAIResponseFormat =
  | {
      /** Free text, or any JSON. */
      readonly type: 'text' | 'json_object'
    }
  | {
      /** JSON that follows a schema. */
      readonly type: 'json_schema'
      /** The JSON Schema of the answer, with its name. */
      readonly json_schema: {
        /** Name of the schema, which some containers require. */
        readonly name: string
        /** What the schema is for. */
        readonly description?: string | undefined
        /** The JSON schema. */
        readonly schema?: object | undefined
        /** Not sent: containers always follow the schema exactly. */
        readonly strict?: boolean | null | undefined
      }
    }

/** Options of one call of `ChatSagemaker`, in addition to those of every call in LangChain. They override those of the object. */
export interface ChatSagemakerCallOptions
  extends
    BaseChatModelCallOptions,
    ChatGenerationOptions,
    Omit<CallOptions, 'accept' | 'contentType' | 'onResponse' | 'signal' | 'within'> {
  /** The tools that the model can ask to be called, in any form that `bindTools` takes. */
  readonly tools?: readonly BindToolsInput[] | undefined
  /** The form that the text of the answer has to have. */
  readonly response_format?: OpenAIResponseFormat | undefined
  /** Whether the model can ask for several tool calls in one answer: OpenAI's name of `parallelToolCalls`. */
  readonly parallel_tool_calls?: boolean | undefined
}

/** Options that do not depend on how the model is given. */
export interface ChatOptions
  extends
    ChatGenerationOptions,
    Pick<
      BaseChatModelParams,
      'cache' | 'callbacks' | 'disableStreaming' | 'metadata' | 'outputVersion' | 'tags' | 'verbose'
    > {
  /** Texts at which generation ends. */
  readonly stop?: readonly string[] | undefined
  /**
   * What the model can do, for agents that choose their means by it.
   * @defaultValue `{}`: unknown
   */
  readonly profile?: ModelProfile | undefined
}

/** A chat model that is made here: the name of its endpoint, and options of `SagemakerLLM` and its endpoint. */
export interface ChatSagemakerModelOptions
  extends
    ChatOptions,
    Omit<ModelOptions, keyof GenerationOptions | 'callbacks'>,
    Omit<SagemakerEndpointOptions, 'endpointName'> {
  /** Name of the endpoint. */
  readonly model: string
  /**
   * Largest number of retries: LangChain's name of `retry.maxAttempts - 1`.
   * @defaultValue 2
   */
  readonly maxRetries?: number | undefined
  /** Never set: tells the two kinds of options apart. */
  readonly llm?: undefined
}

/** A chat model over an existing `SagemakerLLM`, which keeps its own options; those that are given here override them. */
export interface ExistingModelOptions extends ChatOptions {
  /** The model that is called. It stays open when this object is closed. */
  readonly llm: SagemakerLLM
  /** Never set: tells the two kinds of options apart. */
  readonly model?: undefined
}

/** Options of `ChatSagemaker`. */
export type ChatSagemakerOptions = ChatSagemakerModelOptions | ExistingModelOptions
