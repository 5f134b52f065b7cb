import { SagemakerError } from '@x/sagemaker-endpoint'

/** A parsed template. */
export interface JinjaTemplate {
  /** Writes the template with these variables. */
  render(variables: Record<string, unknown>): string
}

/** The part of `@huggingface/jinja` that is used. */
export interface Jinja {
  /** Parses a template; throws when it cannot be parsed. */
  readonly Template: new (template: string) => JinjaTemplate
}

/**
 * Loads the template engine, which is an optional peer dependency, on first use.
 *
 * @throws {SagemakerError} `invalid-request` that says how to install it, when it is not there.
 */
export async function loadJinja(load?: () => Promise<Jinja>): Promise<Jinja> {
  try {
    // Awaited inside `try`: so bundlers accept that the package is not installed.
    return load === undefined ? await import('@huggingface/jinja') : await load()
  } catch (cause) {
    throw new SagemakerError(
      'invalid-request',
      'chatTemplate: the package @huggingface/jinja is needed and cannot be loaded; install it: npm install @huggingface/jinja',
      { cause },
    )
  }
}
