import { readFile } from 'node:fs/promises'
import { Ajv, type ErrorObject } from 'ajv'
import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser'

/** What is wrong with a configuration file: its message is all that users of a command need to see. */
export class ConfigurationFileError extends Error {}

/**
 * Reads a configuration file: JSON, in which comments are allowed.
 *
 * @throws {ConfigurationFileError} with file and line if it cannot be read, is not JSON, or does not match the schema.
 */
export async function readConfigurationFile(file: string, schema: object): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationFileError(`${file}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`)
  })
  return parseConfigurationText(text, file, schema)
}

/**
 * Parses and validates the text of a configuration file.
 *
 * @param file - File name for messages.
 * @throws {ConfigurationFileError} with file and line if the text is not JSON or does not match the schema.
 */
export function parseConfigurationText(text: string, file: string, schema: object): unknown {
  const complain = (offset: number, message: string): never => {
    throw new ConfigurationFileError(`${file}:${text.slice(0, offset).split('\n').length}: ${message}`)
  }
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { allowTrailingComma: true })
  if (!tree) return complain(0, 'the file is empty')
  const [syntaxError] = errors
  if (syntaxError) complain(syntaxError.offset, describeSyntaxError(printParseErrorCode(syntaxError.error)))
  const value: unknown = valueOf(tree)
  const validate = new Ajv({ verbose: true, allowUnionTypes: true }).compile(schema)
  const [invalid] = validate(value) ? [] : (validate.errors ?? [])
  if (invalid) complain(nodeOf(tree, invalid)?.offset ?? 0, describe(invalid))
  return value
}

function valueOf(node: Node): unknown {
  if (node.type === 'object') {
    return Object.fromEntries(
      (node.children ?? []).map(({ children: [key, value] = [] }) => [key?.value, value && valueOf(value)]),
    )
  }
  return node.type === 'array' ? (node.children ?? []).map(valueOf) : node.value
}

/** Finds the node that an error is about: the member itself if it is not allowed. */
function nodeOf(tree: Node, { instancePath, params }: ErrorObject): Node | undefined {
  const segments = instancePath
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
  const path = 'additionalProperty' in params ? [...segments, String(params['additionalProperty'])] : segments
  // A number in the path of an array is an index.
  return findNodeAtLocation(
    tree,
    path.map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment)),
  )
}

function describe({
  instancePath,
  keyword,
  params,
  message = 'is not valid',
  schema,
  parentSchema,
}: ErrorObject): string {
  const place = instancePath === '' ? 'the configuration' : instancePath.slice(1).replaceAll('/', '.')
  if (keyword === 'additionalProperties') {
    const known = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {}).join(', ')
    return `${place} has no member "${String(params['additionalProperty'])}"; it may have ${known}`
  }
  if (keyword === 'enum') return `${place} must be one of ${(schema as readonly string[]).join(', ')}`
  return `${place} ${message}`
}

function describeSyntaxError(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
}
