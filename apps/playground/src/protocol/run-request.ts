import * as v from 'valibot'
import { generationParametersSchema } from './generation-parameters.ts'

const text = (label: string, maxLength: number) =>
  v.optional(v.pipe(v.string(), v.maxLength(maxLength, `${label} may have at most ${maxLength} characters.`)))

/** A server that is called in place of AWS. */
export const serverUrlSchema = v.pipe(
  v.string(),
  v.check(
    (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
    'An address looks like http://127.0.0.1:8080.',
  ),
)

/** Which endpoint a call goes to, and how it is called. Credentials are never part of it: the server finds them by region and profile. */
export const endpointReferenceSchema = v.strictObject({
  /** `url`: a server that speaks the protocol of SageMaker Runtime. */
  source: v.picklist(['local', 'aws', 'url']),
  name: v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})$/, 'An endpoint name has 1 to 63 letters, digits and hyphens.'),
  ),
  region: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'A region looks like us-east-1.'))),
  profile: v.optional(v.pipe(v.string(), v.maxLength(128))),
  url: v.optional(serverUrlSchema),
  /** Name of the content handler. */
  handler: v.optional(v.pipe(v.string(), v.regex(/^[a-zA-Z0-9]+$/, 'This is not the name of a content handler.'))),
  inferenceComponentName: text('An inference component', 63),
  targetVariant: text('A variant', 63),
  customAttributes: text('Custom attributes', 1024),
  sessionId: text('A session', 256),
  /** Sent as `model`. */
  modelName: text('A model name', 256),
  /** Further members of the request body. */
  additionalParameters: v.optional(v.record(v.string(), v.unknown())),
})

export type EndpointReference = v.InferOutput<typeof endpointReferenceSchema>

const toolCallSchema = v.strictObject({ id: v.string(), name: v.string(), input: v.unknown() })

/** Containers get an image within the JSON of the request, of which SageMaker takes 25 MB. */
export const runImageSchema = v.strictObject({
  format: v.picklist(['png', 'jpeg', 'gif', 'webp']),
  /** Base64. */
  data: v.pipe(v.string(), v.base64('An image is not base64.')),
})

export type RunImage = v.InferOutput<typeof runImageSchema>

/** One message of a conversation. An assistant's tool calls and the results given to them travel with it. */
export const runMessageSchema = v.variant('role', [
  v.strictObject({ role: v.literal('user'), content: v.string(), images: v.optional(v.array(runImageSchema)) }),
  v.strictObject({ role: v.literal('assistant'), content: v.string(), toolCalls: v.optional(v.array(toolCallSchema)) }),
  v.strictObject({ role: v.literal('tool'), content: v.string(), toolCallId: v.string() }),
])

export type RunMessage = v.InferOutput<typeof runMessageSchema>

const toolSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'A tool name has 1 to 64 letters, digits, _ and -.')),
  description: v.optional(v.string()),
  inputSchema: v.record(v.string(), v.unknown()),
})

export type RunTool = v.InferOutput<typeof toolSchema>

export const toolsSchema = v.array(toolSchema, 'The tools must be a list.')

/** Whether the model may or has to call a tool, or which one. */
const toolChoiceSchema = v.union([v.picklist(['auto', 'required', 'none']), v.strictObject({ name: v.string() })])

export type RunToolChoice = v.InferOutput<typeof toolChoiceSchema>

const common = {
  endpoint: endpointReferenceSchema,
  parameters: generationParametersSchema,
  stream: v.boolean(),
  /** Fault to switch on for this call alone; only endpoints of the local runtime have them. */
  fault: v.optional(v.strictObject({ id: v.string(), values: v.record(v.string(), v.pipe(v.number(), v.integer())) })),
}

const chatOptions = {
  mode: v.literal('chat'),
  systemPrompt: v.optional(v.string()),
  tools: v.optional(toolsSchema),
  splitReasoning: v.optional(v.boolean()),
  toolChoice: v.optional(toolChoiceSchema),
  /** JSON schema of the answer. */
  answerSchema: v.optional(v.record(v.string(), v.unknown())),
  ...common,
}

const completeOptions = { mode: v.literal('complete'), ...common }

/** What the page asks the server to do: one call on one endpoint. */
export const runRequestSchema = v.variant('mode', [
  v.strictObject({
    messages: v.pipe(v.array(runMessageSchema), v.minLength(1, 'Write a message first.')),
    ...chatOptions,
  }),
  v.strictObject({
    prompt: v.pipe(v.string(), v.minLength(1, 'Write a prompt first.')),
    ...completeOptions,
  }),
])

/** How a call was made, without what was asked. */
export const runOptionsSchema = v.variant('mode', [v.object(chatOptions), v.object(completeOptions)])

export type RunRequest = v.InferOutput<typeof runRequestSchema>
