import type { SagemakerError } from '@x/sagemaker-endpoint'
import { inClientWords } from './client-words.ts'

/** Options of calls by the names that OpenAI has for them. */
const parameterNames: Readonly<Record<string, string>> = {
  maxNewTokens: 'max_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  seed: 'seed',
  stopSequences: 'stop',
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
  toolChoice: 'tool_choice',
  tools: 'tools',
  responseFormat: 'response_format',
  dimensions: 'dimensions',
  topN: 'top_n',
}

/** `invalid-request: maxNewTokens: 0 is not …` */
const optionInMessage = /^invalid-request: (\w{1,40}):? /

/** Member of the request that is at fault, if the error names one. */
export function openaiParameter({ code, path, message }: SagemakerError): string | undefined {
  if (code !== 'invalid-request') return undefined
  return path ?? parameterNames[optionInMessage.exec(message)?.[1] ?? '']
}

/** Clients can do nothing about these, and AWS's words name accounts, roles and policies. */
const hidden: Readonly<Partial<Record<SagemakerError['code'], string>>> = {
  credentials: 'The gateway has no valid AWS credentials. Its operator has to renew them.',
  'access-denied': 'The gateway may not invoke the endpoint of this model. Its operator has to allow it.',
  'endpoint-not-found':
    'The endpoint of this model does not exist. The operator of the gateway has to correct the configuration.',
  'missing-dependency': 'The gateway is not installed completely. Its operator finds the missing package in its log.',
  'invalid-configuration':
    'The configuration of this model is wrong. The operator of the gateway finds the reason in its log.',
}

const arn = /arn:aws[\w-]*:[^\s"'<>]*/g
const accountId = /\b\d{12}\b/g

/**
 * The message of an error for a client: without the code, which is a separate member, with OpenAI's names, and without ARNs and ids
 * of accounts.
 */
export function messageForClient(error: SagemakerError, exposeErrors: boolean): string {
  const text = error.message.slice(error.code.length + 2)
  if (exposeErrors) return text
  const inWords = inClientWords(text)
  if (inWords !== text) return withoutNames(inWords)
  const option = optionInMessage.exec(error.message)?.[1] ?? ''
  const name = parameterNames[option]
  const named = name === undefined || error.path !== undefined ? text : name + text.slice(option.length)
  return hidden[error.code] ?? withoutNames(named)
}

function withoutNames(text: string): string {
  return text.replace(arn, 'an AWS resource').replace(accountId, 'an AWS account')
}
