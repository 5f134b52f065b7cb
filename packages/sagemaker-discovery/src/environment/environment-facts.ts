import { plainCount, plainName } from './plain-name.ts'

/** Facts about a model, from the environment of its container. */
export interface EnvironmentFacts {
  /** Names of the known variables that are set. */
  readonly names: readonly string[]
  /** Hugging Face Hub ID, or name in NVIDIA's catalog. */
  readonly modelId: string | undefined
  /** Task in the container's terms: `text-classification`, `text-embedding`, `pooling`. */
  readonly task: string | undefined
  /** Name of the variable that sets the task. */
  readonly taskVariable: string | undefined
  /** Maximum number of tokens, input and output together. */
  readonly maxModelLength: number | undefined
  /** Name that the server expects as `model`. */
  readonly servedName: string | undefined
  /** Names of LoRA adapters. */
  readonly adapters: readonly string[]
  /** Values of variables that have a fixed set of values. */
  readonly settings: Readonly<Record<string, string>>
}

/** Variables that set the model, per container. */
const modelVariables = [
  'HF_MODEL_ID',
  'SM_VLLM_MODEL',
  'SM_SGLANG_MODEL_PATH',
  'OPTION_MODEL_ID',
  'NIM_MODEL_NAME',
  'LLAMA_ARG_HF_REPO',
  'MODEL_ID',
]

const lengthVariables = [
  'SM_VLLM_MAX_MODEL_LEN',
  'SM_SGLANG_CONTEXT_LENGTH',
  'OPTION_MAX_MODEL_LEN',
  'MAX_TOTAL_TOKENS',
  'NIM_MAX_MODEL_LEN',
  'LLAMA_ARG_CTX_SIZE',
]

const servedNameVariables = [
  'SM_VLLM_SERVED_MODEL_NAME',
  'SM_SGLANG_SERVED_MODEL_NAME',
  'NIM_SERVED_MODEL_NAME',
  'LLAMA_ARG_ALIAS',
]

/** Most specific first: `SM_VLLM_RUNNER=pooling` says less than `SM_VLLM_CONVERT=classify`. */
const taskVariables = ['HF_TASK', 'OPTION_TASK', 'SM_VLLM_TASK', 'SM_VLLM_CONVERT', 'SM_VLLM_RUNNER', 'TASK']

const adapterVariables = ['SM_VLLM_LORA_MODULES', 'SM_SGLANG_LORA_PATHS', 'LORA_ADAPTERS']

/** Variables with a fixed set of values, and the values that are relevant. */
const settingVariables: Readonly<Record<string, readonly string[]>> = {
  MESSAGES_API_ENABLED: ['true'],
  OPTION_BEDROCK_COMPAT: ['true'],
  OPTION_ENGINE: ['rust', 'onnxruntime', 'pytorch', 'python', 'mpi'],
  OPTION_RERANKING: ['true'],
  POOLING: ['cls', 'mean', 'splade', 'last-token'],
  SAGEMAKER_TRITON_INFERENCE_TYPE: ['infer', 'generate', 'generate_stream'],
}

/** Variables that identify a container by their presence. */
const presenceVariables = ['SAGEMAKER_PROGRAM', 'MAX_BATCH_PREFILL_TOKENS', 'MAX_BATCH_TOKENS', 'MAX_CLIENT_BATCH_SIZE']

const knownVariables: readonly string[] = [
  ...modelVariables,
  ...taskVariables,
  ...lengthVariables,
  ...servedNameVariables,
  ...adapterVariables,
  ...Object.keys(settingVariables),
  ...presenceVariables,
]

/**
 * Reads known variables of an environment and ignores all others. Values are validated: only model names, numbers and values
 * of fixed sets are returned.
 */
export function readEnvironment(environment: Readonly<Record<string, string>> = {}): EnvironmentFacts {
  const value = (name: string): string | undefined =>
    Object.hasOwn(environment, name) && typeof environment[name] === 'string' ? environment[name] : undefined
  const first = <T>(names: readonly string[], read: (value: string | undefined) => T | undefined): T | undefined => {
    for (const name of names) {
      const found = read(value(name))
      if (found !== undefined) return found
    }
    return undefined
  }
  const taskVariable = taskVariables.find((name) => plainTask(value(name)) !== undefined)
  return {
    names: knownVariables.filter((name) => value(name) !== undefined),
    modelId: first(modelVariables, plainName),
    task: taskVariable === undefined ? undefined : plainTask(value(taskVariable)),
    taskVariable,
    maxModelLength: first(lengthVariables, plainCount),
    servedName: first(servedNameVariables, plainName),
    adapters: first(adapterVariables, adapterNames) ?? [],
    settings: Object.fromEntries(
      Object.entries(settingVariables).flatMap(([name, words]) => {
        const word = value(name)?.trim().toLowerCase() ?? ''
        return words.includes(word) ? [[name, word]] : []
      }),
    ),
  }
}

/** Normalizes a task such as `text-classification` or `translation_en_to_de`. `auto` is not a task. */
function plainTask(value: string | undefined): string | undefined {
  const task = value?.trim().toLowerCase().replaceAll('_', '-') ?? ''
  return task !== 'auto' && task !== 'none' && /^[a-z]{1,16}(?:-[a-z\d]{1,16}){0,5}$/.test(task)
    ? plainName(task)
    : undefined
}

/** Parses `name=path` pairs, separated by spaces or commas. An entry without `=` is a repository name. */
function adapterNames(value: string | undefined): readonly string[] | undefined {
  const names = (value ?? '').split(/[\s,]+/).flatMap((pair) => plainName(pair.split('=')[0]) ?? [])
  return names.length === 0 ? undefined : [...new Set(names)]
}

/** Returns the known variables with one of the names, or with one of the prefixes that end in `_`. */
export function namesMatching(facts: EnvironmentFacts, prefixes: readonly string[]): readonly string[] {
  return facts.names.filter((name) =>
    prefixes.some((prefix) => (prefix.endsWith('_') ? name.startsWith(prefix) : name === prefix)),
  )
}
