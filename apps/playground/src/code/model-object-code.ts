import type { CodeSample } from './code-sample.ts'
import { connectionOptions, withContentHandler } from './connection-options.ts'
import type { RecordedCall } from './recorded-call.ts'
import { typescriptLiteral } from './typescript-literal.ts'

/** A program that makes a model object of this project's packages and calls it. */
export interface ModelObject {
  readonly package: '@x/sagemaker-embed' | '@x/sagemaker-endpoint' | '@x/sagemaker-llm' | '@x/sagemaker-rerank'
  readonly className: string
  readonly variable: string
  /** Factory of the content handler, where it is not the default. */
  readonly handler?: string | undefined
  /** Which part of the endpoint is called. */
  readonly routing?: object | undefined
  /** Options of the model. */
  readonly options?: object | undefined
  /** What the program does with the object. */
  readonly lines: readonly string[]
  readonly notes: readonly string[]
}

/** The program as a sample that calls what the recorded call called. */
export function modelObjectCode(call: RecordedCall, object: ModelObject): CodeSample {
  const { className, handler, variable } = object
  const options = {
    endpointName: call.request.endpoint.name,
    ...connectionOptions(call),
    ...object.routing,
    clientOptions: call.profile === undefined ? undefined : { profile: call.profile },
    ...object.options,
  }
  const start = `const ${variable} = new ${className}(`
  const literal = typescriptLiteral(options, '', start.length + 1)
  const code = [
    `import { ${[className, handler].filter((name) => name !== undefined).join(', ')} } from '${object.package}'`,
    '',
    `${start}${withContentHandler(literal, handler)})`,
    '',
    ...object.lines,
    '',
  ].join('\n')
  return {
    id: 'packages',
    title: 'TypeScript',
    language: 'typescript',
    code,
    notes: [`Install ${object.package}, @aws-sdk/client-sagemaker-runtime and rxjs.`, ...object.notes],
  }
}
