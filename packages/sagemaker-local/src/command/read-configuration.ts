import { ConfigurationFileError, readConfigurationFile } from '@x/configuration-file'
import { type Configuration, configurationSchema } from './configuration.ts'
import { UsageError } from './usage-error.ts'

/**
 * Reads a configuration file: JSON, in which comments are allowed.
 * @throws {UsageError} with file and line if it cannot be read, is not JSON, or does not match the schema.
 */
export async function readConfiguration(file: string): Promise<Configuration> {
  try {
    return (await readConfigurationFile(file, configurationSchema)) as Configuration
  } catch (error) {
    throw error instanceof ConfigurationFileError ? new UsageError(error.message) : error
  }
}
