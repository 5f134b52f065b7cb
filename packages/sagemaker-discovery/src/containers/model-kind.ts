import type { EnvironmentFacts } from '../environment/environment-facts.ts'
import type { Container, ModelKind } from './container.ts'

/** A kind of model, with the reason. */
export interface KnownKind {
  readonly kind: ModelKind
  /** The reason, as a sentence; `undefined` if the container serves only one kind of model. */
  readonly why?: string | undefined
}

/** Task names of transformers pipelines, LMI and vLLM. The first matching row wins. */
const tasks: readonly (readonly [RegExp, ModelKind])[] = [
  [/rank|^score$/, 'rerank'],
  [/classif|^sentiment-analysis$|^reward$/, 'classification'],
  [/^feature-extraction$|embed|^sentence-similarity$/, 'embedding'],
  [/generat|summari[sz]ation|^translation|^conversational$|text-to-text$/, 'language'],
]

/** Task segment of a JumpStart model ID, such as `text2text` in `huggingface-text2text-flan-t5-base`. */
const jumpstartTasks: readonly (readonly [RegExp, ModelKind])[] = [
  [/rerank/, 'rerank'],
  [/^(?:tc|spc|zstc)$/, 'classification'],
  [/embedding|sentencesimilarity/, 'embedding'],
  [/^(?:text2text|textgeneration\d*|llm|vlm|reasoning|summarization\d*|translation\d*)$/, 'language'],
]

/** Words in model names on the Hugging Face Hub, in NVIDIA's catalog and in AWS Marketplace. */
const nameWords: readonly (readonly [RegExp, ModelKind])[] = [
  [/rerank|cross-encoder|ms-marco/i, 'rerank'],
  [/classif|sentiment|toxic|emotion|-sst-?2|(?:^|[-_/])x?nli\b|-mnli/i, 'classification'],
  [
    /embed|sentence-transformers|all-minilm|all-mpnet|(?:^|[-_/])(?:bge|gte|e5|stella|splade|colbert)(?:[-_]|$)|multilingual-e5/i,
    'embedding',
  ],
]

/**
 * Determines the kind of a model from the task in the environment, then the JumpStart model ID, then words in the model's
 * name, then the container's default. Only kinds that the container supports are considered. Returns `undefined` if the kind
 * is unknown.
 *
 * @param modelNames - Names of the model, most specific first.
 */
export function modelKind(
  container: Container,
  environment: EnvironmentFacts,
  jumpstartModel: string | undefined,
  modelNames: readonly (string | undefined)[],
): KnownKind | undefined {
  const [only, ...others] = Object.keys(container.handlers) as ModelKind[]
  if (only !== undefined && others.length === 0 && container.defaultKind !== undefined) return { kind: only }
  const has = (known: KnownKind | undefined): KnownKind | undefined =>
    known !== undefined && container.handlers[known.kind] !== undefined ? known : undefined
  return (
    has(byTask(container, environment)) ??
    has(byJumpstartName(jumpstartModel)) ??
    has(byName(modelNames, environment)) ??
    has(container.defaultKind && { kind: container.defaultKind })
  )
}

function byTask(container: Container, { settings, task, taskVariable }: EnvironmentFacts): KnownKind | undefined {
  if (settings['OPTION_RERANKING'] === 'true') return { kind: 'rerank', why: 'OPTION_RERANKING is true.' }
  const kind = task === undefined ? undefined : kindOf(tasks, task)
  if (kind !== undefined) return { kind, why: `${taskVariable} is ${task}.` }
  const engine = settings['OPTION_ENGINE']
  if (container.name === 'lmi' && engine !== undefined && /rust|onnxruntime/.test(engine)) {
    return { kind: 'embedding', why: `OPTION_ENGINE is ${engine}, which LMI uses for embedding models.` }
  }
  if (settings['SAGEMAKER_TRITON_INFERENCE_TYPE']?.startsWith('generate')) {
    return { kind: 'language', why: 'SAGEMAKER_TRITON_INFERENCE_TYPE selects text generation.' }
  }
  return undefined
}

function byJumpstartName(name: string | undefined): KnownKind | undefined {
  const kind = name?.split('-').flatMap((word) => kindOf(jumpstartTasks, word) ?? [])[0]
  return kind && { kind, why: `${name} is a JumpStart ${aKindWord[kind].replace(/^an? /, '')}.` }
}

function byName(names: readonly (string | undefined)[], { settings, task }: EnvironmentFacts): KnownKind | undefined {
  for (const name of names) {
    const kind = name === undefined ? undefined : kindOf(nameWords, name)
    if (kind !== undefined) return { kind, why: `The model name ${name} suggests ${aKindWord[kind]}.` }
  }
  if (settings['POOLING'] !== undefined) return { kind: 'embedding', why: 'POOLING is set.' }
  // Pooling also serves rerankers and classifiers, but embeddings are by far the most common.
  return task === 'pooling' ? { kind: 'embedding', why: 'SM_VLLM_RUNNER is pooling.' } : undefined
}

function kindOf(table: readonly (readonly [RegExp, ModelKind])[], word: string): ModelKind | undefined {
  return table.find(([pattern]) => pattern.test(word))?.[1]
}

const aKindWord: Readonly<Record<ModelKind, string>> = {
  language: 'a language model',
  embedding: 'an embedding model',
  rerank: 'a reranker',
  classification: 'a classifier',
}
